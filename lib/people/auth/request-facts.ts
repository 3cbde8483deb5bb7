import { browserHashIn } from "@/lib/people/auth/browser-cookie";
import { addressOfRequest, UNKNOWN_ADDRESS } from "@/lib/platform/edge/client-address";
import { env } from "@/lib/platform/env";

/** Where a console request comes from, for throttling and the audit record. */
export type RequestFacts = {
  address: string | null;
  userAgent: string | null;
  /** The hash of the cookie that tells this browser from others; null when it has none. */
  browserHash: string | null;
};

const USER_AGENT_MAX_LENGTH = 300;

/** The caller's address, user agent and browser; null where no trusted source names them. */
export function requestFacts(headers: Headers): RequestFacts {
  const address = addressOfRequest({ headers });
  const userAgent = headers.get("user-agent")?.slice(0, USER_AGENT_MAX_LENGTH);
  return {
    address: address === UNKNOWN_ADDRESS ? null : address,
    userAgent: userAgent || null,
    browserHash: browserHashIn(headers, isHttps(headers)),
  };
}

/** Whether the browser uses https: by `APP_URL` where it is set, else by what the edge says. */
export function isHttps(headers: Headers): boolean {
  const appUrl = env().APP_URL;
  if (appUrl) return appUrl.startsWith("https://");
  return headers.get("x-forwarded-proto") === "https";
}
