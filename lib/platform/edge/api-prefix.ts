/** The path of the API. Everything else is pages. */
export const API_PREFIX = "/api/v1";

/** Whether a path, with or without a query, is the API's or below it. */
export function isApiPath(path: string): boolean {
  if (!path.startsWith(API_PREFIX)) return false;
  const next = path[API_PREFIX.length];
  return next === undefined || next === "/" || next === "?";
}

/** The paths of reports of leaked keys. They need no key and no session, so they stand beside the API. */
export const LEAK_PATHS = { report: "/api/leaks/report", github: "/api/leaks/github" } as const;

/** Whether a path, with or without a query, takes reports of leaked keys. */
export function isLeakPath(path: string): boolean {
  const asked = path.split("?", 1)[0];
  return asked === LEAK_PATHS.report || asked === LEAK_PATHS.github;
}
