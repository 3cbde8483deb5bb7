import { cookies, headers } from "next/headers";
import { BROWSER_COOKIE_DAYS, browserCookieName } from "@/lib/people/auth/browser-cookie";
import { isHttps } from "@/lib/people/auth/request-facts";
import { anyId } from "@/lib/people/auth/schema";
import type { Entry, Opened, SessionClaims } from "@/lib/people/auth/session-store";
import {
  openSessionToken,
  SESSION_MAX_AGE_SECONDS,
  sealSessionToken,
} from "@/lib/people/auth/session-token";
import { DAY_MS, SECOND_MS } from "@/lib/platform/clock";

/** next-auth's name for the session cookie. On https its prefix keeps other origins from planting one. */
function sessionCookieName(secure: boolean): string {
  return secure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** The cookie that remembers which workspace a browser has open. */
const WORKSPACE_COOKIE = "postern-workspace";

/** The claims in this request's session cookie, or null. */
export async function readSessionClaims(): Promise<SessionClaims | null> {
  const name = sessionCookieName(isHttps(await headers()));
  const token = (await cookies()).get(name)?.value;
  return token ? await openSessionToken(token) : null;
}

/** The workspace that this browser says it has open. */
export async function readActiveWorkspace(): Promise<string | null> {
  return anyId.safeParse((await cookies()).get(WORKSPACE_COOKIE)?.value).data ?? null;
}

/** Gives this browser a session, as next-auth does after a sign-in. Works in an action or a route only. */
export async function writeSessionClaims(claims: SessionClaims): Promise<void> {
  const secure = isHttps(await headers());
  await writeCookie(sessionCookieName(secure), await sealSessionToken(claims), secure);
}

/** Opens a workspace in this browser. It grants nothing: each request looks up the membership. */
export async function writeActiveWorkspace(workspaceId: string): Promise<void> {
  await writeCookie(WORKSPACE_COOKIE, workspaceId, isHttps(await headers()));
}

/** Lets accounts know this browser again. Works in an action or a route only. */
export async function writeBrowserCookie(cookie: string | null): Promise<void> {
  if (cookie === null) return;
  const secure = isHttps(await headers());
  const maxAge = (BROWSER_COOKIE_DAYS * DAY_MS) / SECOND_MS;
  await writeCookie(browserCookieName(secure), cookie, secure, maxAge);
}

/** Signs this browser in. Works in an action or a route only. */
export async function enter({ claims, browserCookie }: Opened): Promise<void> {
  await writeSessionClaims(claims);
  await writeBrowserCookie(browserCookie);
}

/** Signs this browser in, with a workspace open. Works in an action or a route only. */
export async function enterWorkspace(entry: Entry): Promise<void> {
  await enter(entry);
  await writeActiveWorkspace(entry.workspaceId);
}

async function writeCookie(
  name: string,
  value: string,
  secure: boolean,
  maxAge = SESSION_MAX_AGE_SECONDS,
): Promise<void> {
  (await cookies()).set(name, value, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge,
  });
}
