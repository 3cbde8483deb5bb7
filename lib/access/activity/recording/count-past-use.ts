import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt } from "@/lib/platform/ids";

const DAYS = 31;

/** A route of the API, and the scopes that it asks for. */
export type RouteScopes = { method: string; route: string; scopes: readonly string[] };

/**
 * Counts the calls of the last 31 days by route and by IP address, where an earlier version stored them without
 * counting. One day at a time, so that no statement takes long. Runs once, before calls are stored.
 */
export async function countPastUse(
  tx: Transaction,
  routes: readonly RouteScopes[],
  now: Date,
): Promise<void> {
  for (let back = DAYS - 1; back >= 0; back -= 1) {
    const day = later(startOf(now, DAY_MS), -back * DAY_MS);
    await countRoutes(tx, routes, day);
    await countAddresses(tx, day);
  }
}

async function countRoutes(
  tx: Transaction,
  routes: readonly RouteScopes[],
  day: Date,
): Promise<void> {
  const asking = routes.filter(({ scopes }) => scopes.length > 0);
  await tx.$executeRaw`
    INSERT INTO activity_route_day (workspace_id, key_id, day, method, route, scopes, calls)
    SELECT min(workspace_id), key_id, ${day}::date, method, route,
      string_to_array(min(asks.scopes), ' '), sum(1 + repeats)
    FROM activity JOIN unnest(${asking.map(({ method }) => method)}::text[],
      ${asking.map(({ route }) => route)}::text[],
      ${asking.map(({ scopes }) => scopes.join(" "))}::text[]) AS asks (method, route, scopes)
      USING (method, route)
    WHERE id >= ${firstUuidAt(day)}::uuid AND id < ${firstUuidAt(later(day, DAY_MS))}::uuid
      AND status NOT IN (401, 403, 429)
    GROUP BY key_id, method, route
    ON CONFLICT DO NOTHING`;
}

/** Whether a call was let in is not on record, but its status and code tell. Failures of our own count as let in. */
async function countAddresses(tx: Transaction, day: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity_address_day (workspace_id, key_id, day, let_in, address, calls)
    SELECT min(workspace_id), key_id, ${day}::date, let_in, address, sum(1 + repeats)
    FROM activity, LATERAL (SELECT status <> 401 AND code IS DISTINCT FROM 'ip_not_allowed') AS judged (let_in)
    WHERE id >= ${firstUuidAt(day)}::uuid AND id < ${firstUuidAt(later(day, DAY_MS))}::uuid
    GROUP BY key_id, let_in, address
    ON CONFLICT DO NOTHING`;
}
