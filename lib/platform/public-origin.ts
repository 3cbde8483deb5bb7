import { env } from "@/lib/platform/env";

/**
 * The origin that links in mails lead to: `APP_URL`, else this machine. Never what a request names as its host,
 * which anybody can choose.
 */
export function publicOrigin(): string {
  return env().APP_URL ?? `http://localhost:${env().PORT}`;
}
