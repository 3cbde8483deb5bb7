import { addressOfRequest, UNKNOWN_ADDRESS } from "@/lib/platform/edge/client-address";
import { env } from "@/lib/platform/env";

/** Where a console request came from, for throttling and the audit record. */
export type RequestFacts = { address: string | null; userAgent: string | null };

const USER_AGENT_MAX_LENGTH = 300;

/** The caller's address and program; null where nobody trustworthy says. */
export function requestFacts(headers: Headers): RequestFacts {
  const address = addressOfRequest({ headers });
  const userAgent = headers.get("user-agent")?.slice(0, USER_AGENT_MAX_LENGTH);
  return { address: address === UNKNOWN_ADDRESS ? null : address, userAgent: userAgent || null };
}

/** Whether the browser reached us over https: by the address the operator gave, else by the edge's word. */
export function isHttps(headers: Headers): boolean {
  const appUrl = env().APP_URL;
  if (appUrl) return appUrl.startsWith("https://");
  return headers.get("x-forwarded-proto") === "https";
}
