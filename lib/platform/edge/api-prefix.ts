/** The path of the API. Everything else is pages. */
export const API_PREFIX = "/api/v1";

/** Whether a path, with or without a query, is the API's or below it. */
export function isApiPath(path: string): boolean {
  if (!path.startsWith(API_PREFIX)) return false;
  const next = path[API_PREFIX.length];
  return next === undefined || next === "/" || next === "?";
}
