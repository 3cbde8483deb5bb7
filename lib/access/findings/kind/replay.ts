import type { RouteUse } from "@/lib/access/findings/kind/facts";

/** Recorded calls as they would have gone with other scopes. */
export type Replay = { calls: number; refused: number; refusedRoutes: RouteUse[] };

/** Holds the recorded calls of a key against other scopes: how many would have been refused, and of which routes. */
export function replay(routes: readonly RouteUse[], scopes: readonly string[]): Replay {
  const held = new Set<string>(scopes);
  const refusedRoutes = routes.filter((route) => route.scopes.some((scope) => !held.has(scope)));
  return { calls: sumOf(routes), refused: sumOf(refusedRoutes), refusedRoutes };
}

function sumOf(routes: readonly RouteUse[]): number {
  return routes.reduce((sum, { calls }) => sum + calls, 0);
}
