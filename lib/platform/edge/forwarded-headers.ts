import type { IncomingMessage } from "node:http";
import {
  clientAddress,
  EDGE_HEADER,
  edgeToken,
  isTrustedProxy,
  UNKNOWN_ADDRESS,
} from "@/lib/platform/edge/client-address";
import {
  cameThroughUnnamedProxy,
  UNNAMED_PROXY_HEADER,
  warnOfUnnamedProxy,
} from "@/lib/platform/edge/unnamed-proxy";

/** Headers with which a caller could fake its origin or steer Next's routing. */
const CALLERS_CLAIMS = new Set([
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "x-middleware-subrequest",
  "x-matched-path",
  "content-security-policy",
  "x-postern-path",
  UNNAMED_PROXY_HEADER,
  EDGE_HEADER,
]);

/** The trusted part of where a request came from and which host it asked for. */
export type Provenance = { address: string; host: string; protocol: "http" | "https" };

/**
 * Replaces every header that says where a request came from by what this process knows: the socket's address,
 * or the word of a proxy named in `TRUSTED_PROXIES`. Hono and Next see only the result.
 */
export function overwriteForwardedHeaders(
  request: IncomingMessage,
  trustedProxies: readonly string[],
): Provenance {
  if (request.headers[EDGE_HEADER] === edgeToken()) return alreadyKnown(request);
  const forwardedFor = request.headers["x-forwarded-for"];
  const socketAddress = request.socket.remoteAddress;
  const behindProxy = isTrustedProxy(socketAddress, trustedProxies);
  const provenance: Provenance = {
    address: clientAddress(socketAddress, single(forwardedFor), trustedProxies),
    host:
      (behindProxy && firstOf(request.headers["x-forwarded-host"])) ||
      request.headers.host ||
      "localhost",
    protocol:
      behindProxy && firstOf(request.headers["x-forwarded-proto"]) === "https" ? "https" : "http",
  };
  const isProxyUnnamed = cameThroughUnnamedProxy(request.headers, socketAddress, trustedProxies);
  if (isProxyUnnamed) warnOfUnnamedProxy(provenance.address);
  replaceHeaders(request, {
    ...(isProxyUnnamed && { [UNNAMED_PROXY_HEADER]: provenance.address }),
    "x-forwarded-for": provenance.address,
    "x-forwarded-host": provenance.host,
    "x-forwarded-proto": provenance.protocol,
    [EDGE_HEADER]: edgeToken(),
  });
  return provenance;
}

/** The requests that this process sent to itself. */
const ours = new WeakSet<IncomingMessage>();

/** Whether this process sent the request, while it answers another one. */
export function isFromThisProcess(request: IncomingMessage): boolean {
  return ours.has(request);
}

/**
 * Recognises a request of this very process, which alone knows the token: Next forwards an action to the page
 * that contains it. Such a request carries the facts that the edge found when it first came in.
 */
function alreadyKnown(request: IncomingMessage): Provenance {
  const { headers } = request;
  ours.add(request);
  return {
    address: single(headers["x-forwarded-for"]) ?? UNKNOWN_ADDRESS,
    host: single(headers["x-forwarded-host"]) ?? "localhost",
    protocol: headers["x-forwarded-proto"] === "https" ? "https" : "http",
  };
}

/** Adds a request header for Next to read, such as the page's CSP with its nonce. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}

/** Sets both forms: Next reads `headers`, Hono's adapter reads `rawHeaders`. */
function replaceHeaders(request: IncomingMessage, known: Record<string, string>): void {
  const kept: string[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? "";
    if (!CALLERS_CLAIMS.has(name.toLowerCase())) kept.push(name, request.rawHeaders[at + 1] ?? "");
  }
  for (const name of CALLERS_CLAIMS) {
    if (request.headers[name] !== undefined) delete request.headers[name];
  }
  for (const [name, value] of Object.entries(known)) {
    kept.push(name, value);
    request.headers[name] = value;
  }
  request.rawHeaders = kept;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return single(value)?.split(",")[0]?.trim();
}
