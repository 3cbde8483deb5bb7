import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isApiPath, isLeakPath } from "@/lib/platform/edge/api-prefix";
import { type BodyCap, capBody, capForApi, capForPages } from "@/lib/platform/edge/body-cap";
import { beginInTurn } from "@/lib/platform/edge/calls-per-turn";
import { isFromForeignOrigin } from "@/lib/platform/edge/foreign-origin";
import {
  overwriteForwardedHeaders,
  type Provenance,
  setRequestHeader,
} from "@/lib/platform/edge/forwarded-headers";
import { oneAtATime } from "@/lib/platform/edge/one-at-a-time";
import { isReadableTarget, normalTarget } from "@/lib/platform/edge/request-target";
import { setSecurityHeaders, setTransportSecurity } from "@/lib/platform/edge/security-headers";
import { isStrayCall } from "@/lib/platform/edge/stray-call";
import { answerUnreadableRequests, refuseRequest } from "@/lib/platform/edge/unreadable-request";
import { makeHoldable } from "@/lib/platform/edge/whole-body";

/** Answers a request. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What stands behind the edge. `api` answers `/api/v1`, reports of leaks and calls that missed it, and caps its bodies itself. */
export type Inside = {
  api: Listener;
  pages: Listener;
  /** The answer to a request of the operator's, before anything else looks at it; null for every other request. */
  operators?: (request: IncomingMessage) => Listener | null;
};

export type EdgeOptions = {
  trustedProxies: readonly string[];
  development: boolean;
  /** Leaves `/api/v1` to the pages, whose catch-all route answers it. */
  apiThroughNext?: boolean;
};

/** A whole request must arrive within 30 s: 27 s, plus at most 2 s until the next check. */
const REQUEST_TIMEOUT_MS = 27_000;
const LOOK_EVERY_MS = 2_000;
/** One-click unsubscribe comes from the mail program's own site (RFC 8058); the signed link is the proof. */
const UNSUBSCRIBE_LINK = /^\/t\/u\/[^/?]+\/[^/?]+$/;
/**
 * A caller that stops reading its answer is disconnected after this time, or twice this time where a part of the answer
 * had still left this process since it stopped.
 */
const IDLE_SOCKET_MS = 30_000;
/** A connection on which nothing has been sent yet ends after this time, before the look for slow requests meets it. */
const SILENT_SOCKET_MS = 20_000;

/**
 * The server at the edge of the process: cuts off slow headers and bodies, caps bodies, overwrites what
 * callers claim about where they come from, refuses other sites' forms, answers a connection's requests one after
 * another, and hands `/api/v1` to the API before Next sees it (Next was the cost, not the work: see
 * docs/decisions/api-outside-next.md).
 */
export function createEdge(inside: Inside, options: EdgeOptions): Server {
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS,
      maxHeaderSize: 32_768,
    },
    (request, response) => {
      heed(request.socket, options);
      if (!normalise(request)) return refuseRequest(response, 400);
      const provenance = overwriteForwardedHeaders(request, options.trustedProxies);
      setTransportSecurity(response, provenance);
      const forOperators = inside.operators?.(request);
      if (forOperators) {
        return oneAtATime(request, response, () => forOperators(request, response));
      }
      const isApi = isForApi(request, options);
      if (!isApi && !passToPages(request, response, provenance, options)) return;
      if (!isApi) return oneAtATime(request, response, () => inside.pages(request, response));
      const { socket } = request;
      oneAtATime(request, response, () => beginInTurn(socket, () => inside.api(request, response)));
    },
  );
  // In development a page is compiled while its first visitor waits, however long that takes.
  server.setTimeout(options.development ? 0 : IDLE_SOCKET_MS);
  endSilentConnections(server);
  answerUnreadableRequests(server);
  return server;
}

/**
 * Ends each silent connection by a timer of its own. Node's look for slow requests answers all it finds in one go: ten
 * thousand silent connections that were opened together held everybody up for seconds.
 */
function endSilentConnections(server: Server): void {
  server.on("connection", (socket) => socket.setTimeout(SILENT_SOCKET_MS));
}

/** From its first request on, a connection has the time that Node gives to all. */
function heed(socket: Socket, { development }: EdgeOptions): void {
  if (socket.timeout === SILENT_SOCKET_MS) socket.setTimeout(development ? 0 : IDLE_SOCKET_MS);
}

/** Gives the request the one form of its URL. False when it names no path, or two hosts (RFC 9112, section 3.2). */
function normalise(request: IncomingMessage): boolean {
  const url = normalTarget(request.url ?? "/");
  if (url === null || hostsIn(request) > 1) return false;
  request.url = url;
  return true;
}

function hostsIn({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === "host").length;
}

function isForApi(request: IncomingMessage, { apiThroughNext }: EdgeOptions): boolean {
  const { url = "" } = request;
  return isApiPath(url) ? !apiThroughNext : isLeakPath(url) || isStrayCall(request);
}

/** Prepares a request for Next. False when it was refused and answered. */
function passToPages(
  request: IncomingMessage,
  response: ServerResponse,
  provenance: Provenance,
  { development }: EdgeOptions,
): boolean {
  const { url = "/" } = request;
  if (!isReadableTarget(url)) {
    refuseRequest(response, 400);
    return false;
  }
  // Next tells pages their route, not the URL asked for, and sign-in must lead back to that URL.
  setRequestHeader(request, "x-postern-path", url);
  setSecurityHeaders(request, response, provenance, development);
  // The API and unsubscribe links take no cookies, so another site has nothing to borrow there.
  const borrowable = !isApiPath(url) && !UNSUBSCRIBE_LINK.test(url);
  if (borrowable && isFromForeignOrigin(request, provenance)) {
    refuseForeignOrigin(response);
    return false;
  }
  makeHoldable(request);
  return capBody(request, response, capOf(request, url));
}

function capOf(request: IncomingMessage, url: string): BodyCap {
  return isApiPath(url) ? capForApi() : capForPages(request);
}

function refuseForeignOrigin(response: ServerResponse): void {
  response.writeHead(403, { "Content-Type": "text/plain; charset=utf-8" });
  response.end("This request came from another site and was refused. Nothing was changed.\n");
}
