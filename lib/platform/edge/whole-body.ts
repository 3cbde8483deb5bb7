import type { IncomingMessage } from "node:http";

/** The bytes of a body that came while it was held, and what to do at its end. Null while nothing is held. */
type Held = { chunks: (Buffer | null)[]; end: () => void };
type Hold = { held: Held | null; handOn: (chunk: Buffer | null) => boolean };

const holds = new WeakMap<IncomingMessage, Hold>();

/** Lets `wholeBody` hold the body of this request. To be called before anything else takes its bytes. */
export function makeHoldable(request: IncomingMessage): void {
  const hold: Hold = { held: null, handOn: request.push.bind(request) };
  holds.set(request, hold);
  request.push = (chunk: Buffer | null) => {
    if (!hold.held) return hold.handOn(chunk);
    hold.held.chunks.push(chunk);
    if (chunk === null) hold.held.end();
    return chunk !== null;
  };
}

/**
 * Receives the rest of a body before anybody reads it, or until `closed`. Returns the function that hands it on to
 * the request's reader. The caller bounds its size.
 */
export async function wholeBody(
  request: IncomingMessage,
  closed: Promise<void>,
): Promise<() => void> {
  const hold = holds.get(request);
  if (request.complete || !hold) return () => {};
  const chunks: (Buffer | null)[] = [];
  const received = new Promise<void>((resolve) => {
    hold.held = { chunks, end: resolve };
  });
  // The connection stands still where as much has come as a request keeps by itself.
  request.socket.resume();
  await Promise.race([received, closed]);
  return () => {
    hold.held = null;
    for (const chunk of chunks) hold.handOn(chunk);
  };
}
