import { expect, test } from "vitest";
import { countPastUse } from "@/lib/access/activity/recording/count-past-use";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { scopesByRoute } from "@/lib/api/routes/route-needs";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T10:20:00Z");

/** The counts of the workspace, without their order. */
async function counts(workspaceId: string) {
  const where = { workspaceId };
  const routes = await db().activityRouteDay.findMany({ where, orderBy: { route: "asc" } });
  const addresses = await db().activityAddressDay.findMany({
    where,
    orderBy: [{ day: "asc" }, { letIn: "asc" }, { address: "asc" }],
  });
  return { routes, addresses };
}

test("calls that were stored without being counted are counted as they are when stored", async () => {
  const key = await givenPlainKey(await givenOwner());
  const { workspaceId } = key;
  const read = { ...key, at: now, scopes: ["contacts:read"] };
  await storeBatch(
    [
      aRequest({ ...read, repeats: 2 }),
      aRequest({ ...read, at: later(now, -30 * DAY_MS) }),
      aRequest({ ...read, status: 404, code: "not_found", route: "/contacts/:idOrEmail" }),
      aRequest({ ...read, method: "HEAD" }),
      aRequest({ ...read, status: 403, code: "insufficient_scope" }),
      aRequest({ ...read, status: 401, authenticated: false, address: "192.0.2.1" }),
      aRequest({ ...read, status: 403, code: "ip_not_allowed", authenticated: false }),
      aRequest({ ...read, status: 404, route: "/wp-admin", scopes: [] }),
      aRequest({ ...read, route: "/me", scopes: [] }),
    ],
    [],
  );
  const stored = await counts(workspaceId);
  expect(stored.routes.map(({ route, calls }) => [route, calls])).toEqual([
    ["/contacts", 1],
    ["/contacts", 3],
    ["/contacts", 1],
    ["/contacts/:idOrEmail", 1],
  ]);
  expect(stored.addresses.map(({ letIn, address, calls }) => [letIn, address, calls])).toEqual([
    [true, "203.0.113.7", 1],
    [false, "192.0.2.1", 1],
    [false, "203.0.113.7", 1],
    [true, "203.0.113.7", 8],
  ]);
  await db().activityRouteDay.deleteMany({ where: { workspaceId } });
  await db().activityAddressDay.deleteMany({ where: { workspaceId } });
  await transact((tx) => countPastUse(tx, scopesByRoute(), now));
  const counted = await counts(workspaceId);
  expect(new Set(counted.routes.map((row) => JSON.stringify(row)))).toEqual(
    new Set(stored.routes.map((row) => JSON.stringify(row))),
  );
  expect(counted.addresses).toEqual(stored.addresses);
});
