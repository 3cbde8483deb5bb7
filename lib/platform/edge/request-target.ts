/** A request line that names a whole URL, as proxies write it. Next would redirect the caller there. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;
const ESCAPES = /%([0-9a-f]{2})/gi;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/**
 * The one form of a request's path and query, as RFC 3986, section 6.2.2, makes it: dot segments are resolved,
 * escaped letters are letters, and backslashes are slashes. Every rule of the edge, the
 * API and Next get this form, so none of them reads another path than the next. Null for a target that names no
 * path, such as `*`.
 */
export function normalTarget(target: string): string | null {
  const origin = ORIGIN.exec(target)?.[0];
  const rest = target.slice(origin?.length ?? 0);
  const own = origin === undefined || rest.startsWith("/") ? rest : `/${rest}`;
  if (!own.startsWith("/")) return null;
  const { pathname, search } = new URL(`http://localhost${own.replaceAll(ESCAPES, normalEscape)}`);
  return pathname + search;
}

/** Whether a page can take this target: the path's escapes are UTF-8, and nothing in it is NUL. */
export function isReadableTarget(target: string): boolean {
  if (!target.includes("%")) return true;
  if (target.includes("%00")) return false;
  try {
    decodeURIComponent(target.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

function normalEscape(octet: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return UNRESERVED.test(character) ? character : octet.toUpperCase();
}
