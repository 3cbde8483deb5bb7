import { reader } from "@/lib/platform/database/unit-of-work";

/*
 * Each function is one statement for all its keys, and reads them by the primary key of the counts.
 */

/**
 * The calls of a key to one route in one UTC hour. All routes that ask for no scope, and paths that are no route, count
 * as one: "".
 */
export type RouteHourCalls = {
  keyId: string;
  hour: Date;
  method: string;
  route: string;
  calls: number;
  /** Calls that were refused with 401 or 403. */
  refused: number;
  notFound: number;
  /** Calls with a key in the URL. */
  inUrl: number;
  contactsRead: number;
};

/** The calls of a key in one UTC hour. */
export type HourCalls = {
  keyId: string;
  hour: Date;
  calls: number;
  /** The routes on which calls were refused with 401 or 403. */
  refusedRoutes: number;
  notFound: number;
  contactsRead: number;
};

/** The calls of each key by hour and route, from the hour that starts at `from` on. */
export async function routeHours(
  keyIds: readonly string[],
  { from }: { from: Date },
): Promise<RouteHourCalls[]> {
  return await reader().$queryRaw<RouteHourCalls[]>`
    SELECT key_id AS "keyId", hour, method, route, calls, refused, not_found AS "notFound", in_url AS "inUrl",
      contacts_read AS "contactsRead"
    FROM activity_route_hour WHERE key_id = ANY(${keyIds}::text[]) AND hour >= ${from}`;
}

/** The calls of each key by hour, of the hours that start from `from` on and before `to`. */
export async function hourTotals(
  keyIds: readonly string[],
  { from, to }: { from: Date; to: Date },
): Promise<HourCalls[]> {
  return await reader().$queryRaw<HourCalls[]>`
    SELECT key_id AS "keyId", hour, sum(calls)::int AS calls, count(*) FILTER (WHERE refused > 0)::int AS "refusedRoutes",
      sum(not_found)::int AS "notFound", sum(contacts_read)::int AS "contactsRead"
    FROM activity_route_hour WHERE key_id = ANY(${keyIds}::text[]) AND hour >= ${from} AND hour < ${to}
    GROUP BY key_id, hour`;
}
