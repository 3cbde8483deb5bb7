import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";

/** Days that a browser keeps the cookie: the longest time browsers allow (RFC 6265bis, section 5.5). */
export const BROWSER_COOKIE_DAYS = 400;

const TOKEN = /^[\w-]{43}$/;

/** The cookie that tells a browser from every other. On https its prefix keeps other origins from planting one. */
export function browserCookieName(secure: boolean): string {
  return secure ? "__Host-postern-browser" : "postern-browser";
}

/** A new value for the cookie, and the hash by which the browser is known. */
export function newBrowserCookie(): { cookie: string; cookieHash: string } {
  const cookie = newLinkToken();
  return { cookie, cookieHash: hashToken(cookie) };
}

/** The hash of the cookie in a request's headers; null where it has none that this app could have made. */
export function browserHashIn(headers: Headers, secure: boolean): string | null {
  const start = `${browserCookieName(secure)}=`;
  const pair = headers
    .get("cookie")
    ?.split("; ")
    .find((one) => one.startsWith(start));
  const value = pair?.slice(start.length);
  return value && TOKEN.test(value) ? hashToken(value) : null;
}
