import type { IncomingMessage, ServerResponse } from "node:http";

/** The size limit of a request's body, unless its route sets another. */
export const MAX_BODY_BYTES = 1_048_576;
/** The largest body any route of the API takes: ten MiB of attachments as base64, and the text around them. */
export const MAX_API_BODY_BYTES = 16_777_216;

/** Time a caller that is still sending gets to read the refusal before the connection ends. */
const LINGER_MS = 500;

/**
 * Refuses a body larger than `maxBytes`, counting while it streams, whatever its Content-Length claims.
 * (Next has no limit of its own for route handlers, and answers an oversized action with a 500.)
 * Returns false when the declared length is already too large: the request is answered then.
 */
export function capBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): boolean {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    refuse(request, response, maxBytes);
    return false;
  }
  let bytes = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    const before = bytes;
    bytes += chunk?.length ?? 0;
    if (bytes <= maxBytes) return push(chunk, encoding);
    if (before <= maxBytes) refuse(request, response, maxBytes);
    return false;
  };
  return true;
}

function refuse(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  if (!response.headersSent) {
    response.writeHead(413, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
    response.end(`Too large: at most ${maxBytes} bytes are accepted here.\n`);
  }
  setTimeout(() => request.destroy(), LINGER_MS).unref();
}
