import type { IncomingMessage } from "node:http";
import type { Provenance } from "@/lib/platform/edge/forwarded-headers";

const READING_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a browser sends this request on behalf of another site (CSRF): the method changes something, and
 * `Origin` or `Sec-Fetch-Site` names another site. Programs send neither header and carry nobody's cookies.
 */
export function isFromForeignOrigin(request: IncomingMessage, provenance: Provenance): boolean {
  if (READING_METHODS.has(request.method ?? "GET")) return false;
  const { origin } = request.headers;
  if (origin !== undefined) return origin !== `${provenance.protocol}://${provenance.host}`;
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
