import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { type BodyCap, capBody, capForApi, capForPages } from "@/lib/platform/edge/body-cap";
import { isFromForeignOrigin } from "@/lib/platform/edge/foreign-origin";
import { overwriteForwardedHeaders, setRequestHeader } from "@/lib/platform/edge/forwarded-headers";
import { setSecurityHeaders, setTransportSecurity } from "@/lib/platform/edge/security-headers";
import { answerUnreadableRequests } from "@/lib/platform/edge/unreadable-request";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What stands behind the edge. `api` answers `/api/v1` and reads its bodies with a cap of its own. */
export type Inside = { api: Listener | null; pages: Listener };

export type EdgeOptions = { trustedProxies: readonly string[]; development: boolean };

/** A whole request must arrive within 30 s: 27 s, plus at most 2 s until the next check. */
const REQUEST_TIMEOUT_MS = 27_000;
const LOOK_EVERY_MS = 2_000;
/** Links in emails. One-click unsubscribe comes from the mail program's own site; the signed link is the proof. */
const SIGNED_LINKS = "/t/";
/** A caller that stops reading its answer is disconnected after this time. */
const IDLE_SOCKET_MS = 30_000;

/**
 * The server at the edge of the process: cuts off slow headers and bodies, caps bodies, overwrites what
 * callers claim about where they come from, refuses other sites' forms, and hands `/api/v1` to the API
 * before Next sees it (Next was the cost, not the work: see docs/decisions/api-outside-next.md).
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
      const provenance = overwriteForwardedHeaders(request, options.trustedProxies);
      const url = originForm(request.url ?? "/");
      request.url = url;
      setTransportSecurity(response, provenance);
      if (inside.api && isApiPath(url)) return inside.api(request, response);
      // Next tells pages their route, not the URL asked for, and sign-in must lead back to that URL.
      setRequestHeader(request, "x-postern-path", url);
      setSecurityHeaders(request, response, provenance, options.development);
      // The API and signed links take no cookies, so another site has nothing to borrow there.
      const borrowable = !isApiPath(url) && !url.startsWith(SIGNED_LINKS);
      if (borrowable && isFromForeignOrigin(request, provenance)) {
        return refuseForeignOrigin(response);
      }
      if (capBody(request, response, capOf(request, url))) inside.pages(request, response);
    },
  );
  // In development a page is compiled while its first visitor waits, however long that takes.
  server.setTimeout(options.development ? 0 : IDLE_SOCKET_MS);
  answerUnreadableRequests(server);
  return server;
}

/** The path of a request line that names a whole URL, as proxies write it. Next would redirect the caller there. */
function originForm(url: string): string {
  const origin = /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
  if (origin === undefined) return url;
  const rest = url.slice(origin.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function isApiPath(url: string): boolean {
  if (!url.startsWith(API_PREFIX)) return false;
  const next = url[API_PREFIX.length];
  return next === undefined || next === "/" || next === "?";
}

function capOf(request: IncomingMessage, url: string): BodyCap {
  return isApiPath(url) ? capForApi() : capForPages(request);
}

function refuseForeignOrigin(response: ServerResponse): void {
  response.writeHead(403, { "Content-Type": "text/plain; charset=utf-8" });
  response.end("This request came from another site and was refused. Nothing was changed.\n");
}
