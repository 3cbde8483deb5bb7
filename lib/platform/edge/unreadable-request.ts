import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { now } from "@/lib/platform/clock";
import { takeNoMore } from "@/lib/platform/edge/one-at-a-time";
import { newUuid, requestIdOf } from "@/lib/platform/ids";

const REFUSALS: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/**
 * Refuses a request whose head makes no sense as a whole, before API and pages are told apart. The connection
 * ends with it, since the body may not be what the head says either.
 */
export function refuseRequest(response: ServerResponse, status: number): void {
  if (response.socket) takeNoMore(response.socket);
  response.writeHead(status, { Connection: "close", "X-Request-Id": newRequestId() });
  response.end();
}

/**
 * Answers bytes on `server` that are no HTTP request, with the status Node would give them. Node's own answer
 * lacks the `X-Request-Id` that every answer carries. No URL was read yet, so API and pages answer the same.
 */
export function answerUnreadableRequests(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request, response) => answers.set(request.socket, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // An answer that is already on its way must not get a second one into its middle.
    const underWay = answers.get(socket)?.headersSent && !answers.get(socket)?.writableFinished;
    if (underWay || !socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const status = REFUSALS[error.code ?? ""] ?? "400 Bad Request";
    const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0`;
    socket.end(`${head}\r\nX-Request-Id: ${newRequestId()}\r\n\r\n`, () => socket.destroy());
  });
}

function newRequestId(): string {
  return requestIdOf(newUuid(now()));
}
