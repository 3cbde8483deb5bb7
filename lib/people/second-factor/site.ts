import { env } from "@/lib/platform/env";

/** The site that passkeys belong to: its origin, and the host name they are bound to (WebAuthn's RP ID). */
export type Site = { origin: string; host: string };

/** For a request whose host is no name: no passkey belongs there. */
const NOWHERE = "http://localhost";

/** The site by `APP_URL`, else by the host that the edge found in the request. */
export function siteOf(headers: Headers): Site {
  const { APP_URL } = env();
  const protocol = headers.get("x-forwarded-proto") ?? "http";
  const named = `${protocol}://${headers.get("x-forwarded-host")}`;
  const { origin, hostname } = new URL(APP_URL ?? (URL.canParse(named) ? named : NOWHERE));
  return { origin, host: hostname };
}
