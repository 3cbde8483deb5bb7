import type { IncomingHttpHeaders } from "node:http";
import { EDGE_HEADER, edgeToken, isTrustedProxy } from "@/lib/platform/edge/client-address";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The header in which the edge hands on the address of a proxy that `TRUSTED_PROXIES` does not name. */
export const UNNAMED_PROXY_HEADER = "x-postern-unnamed-proxy";

const WRITTEN_BY_PROXIES = [
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "forwarded",
];

/**
 * Whether a request came through a proxy that the operator did not name: it carries a proxy's headers, and the
 * socket's other end is no trusted proxy. Its address then says where the proxy is, not where the caller is.
 */
export function cameThroughUnnamedProxy(
  headers: IncomingHttpHeaders,
  socketAddress: string | undefined,
  trustedProxies: readonly string[],
): boolean {
  if (isTrustedProxy(socketAddress, trustedProxies)) return false;
  return WRITTEN_BY_PROXIES.some((name) => headers[name] !== undefined);
}

/** Logs once in this process that requests come through an unnamed proxy, and what the operator is to set. */
export function warnOfUnnamedProxy(address: string): void {
  processWide("unnamed-proxy-warning", () => {
    log.warn(
      { address },
      `requests come through a proxy at ${address}: name it in TRUSTED_PROXIES, or its address counts as every caller's`,
    );
    return true;
  });
}

/** The address of the unnamed proxy that a console request came through; null where there is none. */
export function unnamedProxyOf(headers: Headers): string | null {
  if (headers.get(EDGE_HEADER) !== edgeToken()) return null;
  return headers.get(UNNAMED_PROXY_HEADER);
}
