import type { RouteNeeds } from "@/lib/access/activity/explain";
import type { RouteScopes } from "@/lib/access/activity/recording/count-past-use";
import { routes } from "@/lib/api/routes/all-routes";
import { bodyLimitOf, scopesOf } from "@/lib/api/routes/route";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

/** The method and the route of a call, as Activity stores them. */
type RecordedCall = { method: string; route: string };

/** The needs of the route of a recorded call. Null where no route matched, or the route no longer exists. */
export function routeNeeds({ method, route: pattern }: RecordedCall): RouteNeeds | null {
  const served = method === "HEAD" ? "GET" : method;
  const route = routes.find((one) => one.method === served && one.path === pattern);
  return route ? { scopes: scopesOf(route), maxBodyBytes: bodyLimitOf(route) } : null;
}

/** Every route with the scopes it asks for, as Activity stores its calls. */
export function scopesByRoute(): RouteScopes[] {
  return routes.flatMap((route) => {
    const methods = route.method === "GET" ? ["GET", "HEAD"] : [route.method];
    return methods.map((method) => ({ method, route: route.path, scopes: scopesOf(route) }));
  });
}

/** The routes that accept bodies above `MAX_BODY_BYTES`, such as “POST /emails”, each with its limit in bytes. */
export function largerBodies(): { name: string; maxBytes: number }[] {
  return routes
    .map((route) => ({ name: `${route.method} ${route.path}`, maxBytes: bodyLimitOf(route) }))
    .filter(({ maxBytes }) => maxBytes > MAX_BODY_BYTES);
}
