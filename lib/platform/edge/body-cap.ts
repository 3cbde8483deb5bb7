import type { IncomingMessage, ServerResponse } from "node:http";
import { type Excess, JsonMeter, MAX_VALUES } from "@/lib/platform/edge/json-meter";
import { takeNoMore } from "@/lib/platform/edge/one-at-a-time";

/** The size limit of a request's body, unless its route sets another. */
export const MAX_BODY_BYTES = 1_048_576;
/** The largest body any route of the API takes: ten MiB of attachments as base64, and the text around them. */
export const MAX_API_BODY_BYTES = 16_777_216;
/** The largest form that a browser sends by itself: to sign in, to export, to unsubscribe. */
export const MAX_FORM_BYTES = 16_384;

/** Time a caller that is still sending gets to read the refusal before the connection ends. */
const LINGER_MS = 500;

/** What a body may have at most. `isJson`: its values and their depth are counted too. */
export type BodyCap = { maxBytes: number; isJson: boolean };

/** The cap of a body for the API where Next serves it. The gate counts the values by itself. */
export function capForApi(): BodyCap {
  return { maxBytes: MAX_API_BODY_BYTES, isJson: false };
}

/**
 * The cap of a body for the pages. A server action gets its input as JSON in `text/plain`, so only that may be large,
 * and its values are counted. Everything else is a small form: Next would take apart a megabyte of fields, for
 * anybody and before it looks at what they are for.
 */
export function capForPages({ headers }: IncomingMessage): BodyCap {
  const isAction = headers["content-type"]?.startsWith("text/plain") === true;
  return { maxBytes: isAction ? MAX_BODY_BYTES : MAX_FORM_BYTES, isJson: isAction };
}

/**
 * Refuses a body beyond its cap, counting while it streams, whatever its Content-Length claims. (Next has no limit of
 * its own for route handlers, and answers an oversized action with a 500.) Returns false when the declared length is
 * already too large: the request is answered then.
 */
export function capBody(
  request: IncomingMessage,
  response: ServerResponse,
  { maxBytes, isJson }: BodyCap,
): boolean {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    refuse(request, response, `at most ${maxBytes} bytes are accepted here`);
    return false;
  }
  const meter = isJson ? new JsonMeter(MAX_VALUES) : null;
  let bytes = 0;
  let isRefused = false;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (isRefused) return false;
    bytes += chunk?.length ?? 0;
    const excess = (chunk && meter?.read(chunk)) ?? null;
    if (bytes <= maxBytes && !excess) return push(chunk, encoding);
    isRefused = true;
    refuse(
      request,
      response,
      excess ? wordsFor(excess) : `at most ${maxBytes} bytes are accepted here`,
    );
    return false;
  };
  return true;
}

function wordsFor(excess: Excess): string {
  return excess === "too deep"
    ? "nested too deeply"
    : `at most ${MAX_VALUES} values are accepted here`;
}

function refuse(request: IncomingMessage, response: ServerResponse, why: string): void {
  takeNoMore(request.socket);
  if (!response.headersSent) {
    response.writeHead(413, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
    response.end(`Too large: ${why}.\n`);
  }
  setTimeout(() => request.destroy(), LINGER_MS).unref();
}
