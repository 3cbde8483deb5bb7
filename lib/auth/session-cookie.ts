import { cookies, headers } from "next/headers";
import { isHttps } from "@/lib/auth/request-facts";
import type { SessionClaims } from "@/lib/auth/session-store";
import {
  openSessionToken,
  SESSION_MAX_AGE_SECONDS,
  sealSessionToken,
} from "@/lib/auth/session-token";

/** next-auth's name for the session cookie. On https its prefix keeps other origins from planting one. */
function sessionCookieName(secure: boolean): string {
  return secure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** The claims in this request's session cookie, or null. */
export async function readSessionClaims(): Promise<SessionClaims | null> {
  const name = sessionCookieName(isHttps(await headers()));
  const token = (await cookies()).get(name)?.value;
  return token ? await openSessionToken(token) : null;
}

/** Hands a session to this browser, as next-auth does after a sign-in. Only within an action or a route. */
export async function writeSessionClaims(claims: SessionClaims): Promise<void> {
  const secure = isHttps(await headers());
  (await cookies()).set(sessionCookieName(secure), await sealSessionToken(claims), {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge: SESSION_MAX_AGE_SECONDS,
  });
}
