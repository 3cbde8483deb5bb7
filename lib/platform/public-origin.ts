import { env } from "@/lib/platform/env";

/**
 * The origin that links in mails lead to, in ASCII since headers hold them too: `APP_URL`, else this machine.
 * Never what a request names as its host, which anybody can choose.
 */
export function publicOrigin(): string {
  return new URL(env().APP_URL ?? `http://localhost:${env().PORT}`).origin;
}
