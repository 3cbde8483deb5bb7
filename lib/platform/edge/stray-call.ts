import type { IncomingMessage } from "node:http";
import { holdsSecret } from "@/lib/platform/format/secret-text";

const BEARER = /^bearer /i;
const BASIC = /^basic +(\S+)$/i;
/** `application/json`, `application/problem+json`, `text/json`. */
const JSON_TYPE = /^[a-z]{1,20}\/(?:[\w.-]{1,60}\+)?json(?:\s|;|$)/i;
const READING_METHODS = new Set(["GET", "HEAD"]);
/** Paths to which the pages themselves send JSON: sign-in, and Next's tools in development. */
const PAGES_TAKE_JSON = /^\/(?:api\/auth\/|_next\/|__nextjs_)/;

/**
 * Whether a request outside of `/api/v1` is a call that missed the API: it brings a key, or a JSON body. A user
 * name and password without a key in them are another server's, which stands before this one.
 */
export function isStrayCall(request: IncomingMessage): boolean {
  if (bringsCredential(request)) return true;
  if (READING_METHODS.has(request.method ?? "GET")) return false;
  const isJson = JSON_TYPE.test(request.headers["content-type"] ?? "");
  return isJson && !PAGES_TAKE_JSON.test(request.url ?? "");
}

function bringsCredential({ headers }: IncomingMessage): boolean {
  if (headers["x-api-key"] !== undefined) return true;
  const { authorization } = headers;
  if (!authorization) return false;
  if (BEARER.test(authorization)) return true;
  const pair = BASIC.exec(authorization)?.[1];
  return holdsSecret(pair ? Buffer.from(pair, "base64").toString("latin1") : authorization);
}
