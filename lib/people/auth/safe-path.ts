/** The page for people who asked for none in particular. */
export const HOME_PATH = "/settings/api-keys";

/** Next adds it at the end of URLs it fetches in the background. Excluding `?` keeps the search linear. */
const NEXTS_OWN_PARAMETER = /[?&]_rsc=[^?&]*$/;

/** An arbitrary origin: it only has to come out of the parser unchanged. */
const BASE = "https://postern.invalid";

/**
 * `wanted` when it is a path within this app, else the home page. Anything that a browser would read as
 * another origin or scheme (`//evil`, `/\evil`, `javascript:`, tabs and newlines in between) gives the home page.
 */
export function safePath(wanted: unknown): string {
  if (typeof wanted !== "string" || !/^\/(?![/\\])/.test(wanted)) return HOME_PATH;
  if (/[\p{Cc}\\]/u.test(wanted) || !URL.canParse(wanted, BASE)) return HOME_PATH;
  const url = new URL(wanted, BASE);
  // `/.//evil` parses to the path `//evil`, which a browser would read as another host.
  if (url.origin !== BASE || url.pathname.startsWith("//")) return HOME_PATH;
  return url.pathname + url.search + url.hash;
}

/** The path to return to after signing in, from the path that the browser asked for. */
export function pathToReturnTo(asked: unknown): string {
  return safePath(asked).replace(NEXTS_OWN_PARAMETER, "");
}
