import { expect, test } from "vitest";
import { templateEventsOf } from "@/lib/mail/events/template-events";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenOwner } from "@/lib/testing/fixtures";

const AT = new Date("2026-11-24T12:00:00.000Z");

test("a template is told how often each contact did something, and what of it came last", async () => {
  const { workspaceId } = await givenOwner();
  const id = (end: string) => `con_${workspaceId.slice(4, -1)}${end}`;
  const done = (contactId: string, name: string, count: number, lastPayload: object) => ({
    ...({ workspaceId, environment: "live", contactId, name, count, lastPayload } as const),
    lastAt: AT,
  });
  await db().contactEventCount.createMany({
    data: [
      done(id("a"), "order.placed", 2, { total: 9 }),
      done(id("a"), "__proto__", 1, {}),
      done(id("b"), "order.placed", 1, { total: 5 }),
    ],
  });
  const events = await templateEventsOf(db(), [id("a"), id("c")]);
  expect([...events.keys()]).toEqual([id("a"), id("c")]);
  expect(Object.entries(events.get(id("a")) ?? {}).sort()).toEqual([
    ["__proto__", { count: 1, last: { at: AT, payload: {} } }],
    ["order.placed", { count: 2, last: { at: AT, payload: { total: 9 } } }],
  ]);
  expect(events.get(id("c"))).toEqual({});
  expect(await templateEventsOf(db(), [])).toEqual(new Map());
});
