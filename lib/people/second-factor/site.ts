import { env } from "@/lib/platform/env";

/** The site that passkeys belong to: its origin, and the host name they are bound to (WebAuthn's RP ID). */
export type Site = { origin: string; host: string };

/** The site by `APP_URL`, else by the host that the edge found in the request. */
export function siteOf(headers: Headers): Site {
  const { APP_URL } = env();
  const named = `${headers.get("x-forwarded-proto") ?? "http"}://${headers.get("x-forwarded-host") ?? "localhost"}`;
  const { origin, hostname } = new URL(APP_URL ?? named);
  return { origin, host: hostname };
}
