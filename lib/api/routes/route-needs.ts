import type { RouteNeeds } from "@/lib/access/activity/explain";
import { routes } from "@/lib/api/routes/all-routes";
import { bodyLimitOf, scopesOf } from "@/lib/api/routes/route";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

/** The method and the route of a call, as Activity has them. */
type RecordedCall = { method: string; route: string };

/** What the route of a recorded call asks of its callers. Null where no route matched, or the route is gone. */
export function routeNeeds({ method, route: pattern }: RecordedCall): RouteNeeds | null {
  const served = method === "HEAD" ? "GET" : method;
  const route = routes.find((one) => one.method === served && one.path === pattern);
  return route ? { scopes: scopesOf(route), maxBodyBytes: bodyLimitOf(route) } : null;
}

/** The routes whose bodies may be larger than `MAX_BODY_BYTES`, such as “POST /emails”, each with its limit in bytes. */
export function largerBodies(): { name: string; maxBytes: number }[] {
  return routes
    .map((route) => ({ name: `${route.method} ${route.path}`, maxBytes: bodyLimitOf(route) }))
    .filter(({ maxBytes }) => maxBytes > MAX_BODY_BYTES);
}
