import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** The most requests that wait on a connection for the answer before theirs. No program in use sends half as many. */
const MAX_WAITING = 100;

/** The requests of one connection that are not answered yet: the first is worked on. */
const lines = new WeakMap<Socket, (() => void)[]>();

/** Connections whose last answer is on its way. */
const ending = new WeakSet<Socket>();

/**
 * Lets nothing more that comes on a connection be worked on: the answer under way is its last one. What follows a refused
 * request may be a part of it, and nobody would hear what became of it.
 */
export function takeNoMore(socket: Socket): void {
  ending.add(socket);
}

/**
 * Runs `work` once the connection has taken all answers to its earlier requests. Requests may be sent without
 * waiting for answers (RFC 9112, section 9.3.2), so one that is never read would otherwise cost the work and the
 * memory of hundreds. A connection on which too many wait is closed; its sender is to ask again.
 */
export function oneAtATime(
  { socket }: IncomingMessage,
  response: ServerResponse,
  work: () => void,
): void {
  if (socket.destroyed || ending.has(socket)) return;
  const line = lines.get(socket) ?? [];
  if (line.length > MAX_WAITING) {
    socket.destroy();
    return;
  }
  lines.set(socket, line);
  line.push(work);
  // An answer closes once its last byte has left this process, which a connection that does not read prevents.
  response.once("close", () => {
    line.shift();
    if (!response.shouldKeepAlive) takeNoMore(socket);
    if (!socket.destroyed && !ending.has(socket)) line[0]?.();
  });
  if (line.length === 1) work();
}
