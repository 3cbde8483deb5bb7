/** Where people land who asked for no page in particular. */
export const HOME_PATH = "/settings/api-keys";

/** Next puts it last on what it fetches in the background. One that holds no `?` is found in linear time. */
const NEXTS_OWN_PARAMETER = /[?&]_rsc=[^?&]*$/;

/** Any origin would do: it only has to come out of the parser unchanged. */
const BASE = "https://postern.invalid";

/**
 * `wanted` when it is a path within this app, else the home page. Whatever a browser would read as another
 * origin or another scheme (`//evil`, `/\evil`, `javascript:`, tabs and newlines in between) is not one.
 */
export function safePath(wanted: unknown): string {
  if (typeof wanted !== "string" || !/^\/(?![/\\])/.test(wanted)) return HOME_PATH;
  if (/[\p{Cc}\\]/u.test(wanted) || !URL.canParse(wanted, BASE)) return HOME_PATH;
  const url = new URL(wanted, BASE);
  // `/.//evil` parses to the path `//evil`, which a browser would read as another host.
  if (url.origin !== BASE || url.pathname.startsWith("//")) return HOME_PATH;
  return url.pathname + url.search + url.hash;
}

/** The page to come back to after signing in, when `asked` is what the browser asked for. */
export function pathToReturnTo(asked: unknown): string {
  return safePath(asked).replace(NEXTS_OWN_PARAMETER, "");
}
