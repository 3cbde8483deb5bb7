import { env } from "@/lib/platform/env";

const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;

/**
 * The origin under which the caller reached us, for the URLs in our answers: `APP_URL`, else what the edge
 * says of the request. Show it only to the caller that sent the headers.
 */
export function requestOrigin(headers: Pick<Headers, "get">): string {
  const configured = env().APP_URL;
  if (configured) return configured;
  const protocol = headers.get("x-forwarded-proto") === "https" ? "https" : "http";
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
  return `${protocol}://${HOST.test(host) ? host : "localhost"}`;
}
