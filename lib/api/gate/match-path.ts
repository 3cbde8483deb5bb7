import type { Route } from "@/lib/api/routes/route";

type Known = Pick<Route, "method" | "path">;

/** The methods that a path takes: those of the routes that match it, and the two that every path has. */
export function allowedMethods(routes: readonly Known[], path: string): string[] {
  const methods = routes.filter((route) => matches(route.path, path)).map(({ method }) => method);
  if (methods.length === 0) return [];
  const withHead = methods.includes("GET") ? ["HEAD"] : [];
  return [...new Set([...methods, ...withHead, "OPTIONS"])].sort();
}

/** The pattern of the routes that match a path, or null where none does. */
export function matchingPattern(routes: readonly Known[], path: string): string | null {
  return routes.find((route) => matches(route.path, path))?.path ?? null;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith(":") ? given[at] !== "" : part === given[at]))
  );
}
