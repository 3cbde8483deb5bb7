import type { IncomingMessage } from "node:http";
import {
  clientAddress,
  EDGE_HEADER,
  edgeToken,
  isTrustedProxy,
  UNKNOWN_ADDRESS,
} from "@/lib/platform/edge/client-address";

/** Headers by which a caller could pretend to be somewhere else, or reach into Next's own routing. */
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
  EDGE_HEADER,
]);

/** Where a request came from and how it was addressed, as far as it can be trusted. */
export type Provenance = { address: string; host: string; protocol: "http" | "https" };

/**
 * Replaces every header that says where a request came from by what this process knows: the socket's
 * address, or what a proxy named in `TRUSTED_PROXIES` says. Hono and Next see only the result.
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
  replaceHeaders(request, {
    "x-forwarded-for": provenance.address,
    "x-forwarded-host": provenance.host,
    "x-forwarded-proto": provenance.protocol,
    [EDGE_HEADER]: edgeToken(),
  });
  return provenance;
}

/**
 * A request of this very process, which alone knows the token: Next forwards an action to the page that
 * contains it. It carries what the edge found out the first time, when it came from outside.
 */
function alreadyKnown({ headers }: IncomingMessage): Provenance {
  return {
    address: single(headers["x-forwarded-for"]) ?? UNKNOWN_ADDRESS,
    host: single(headers["x-forwarded-host"]) ?? "localhost",
    protocol: headers["x-forwarded-proto"] === "https" ? "https" : "http",
  };
}

/** Adds a request header that Next reads, such as the page's CSP with its nonce. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}

/** Both forms: Next reads `headers`, Hono's adapter `rawHeaders`. */
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
