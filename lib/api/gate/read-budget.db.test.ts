import { beforeEach, describe, expect, test } from "vitest";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { liftBudget } from "@/lib/access/budgets/lift-budget";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { processValues } from "@/lib/platform/process-wide";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenList } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

const HEADER = "postern-budget-contacts-read";
const CONTACTS = 12;

let owner: MemberActor;
let keyId: string;
let secret: string;

beforeEach(async () => {
  owner = await givenOwner();
  ({ keyId, secret } = await givenWorkingKey(owner, {
    scopes: ["contacts:read", "contacts:write", "audiences:read"],
  }));
  await givenList(owner, CONTACTS);
  await allow(10);
});

async function allow(contactsReadPerDay: number | null): Promise<void> {
  await db().apiKey.update({ where: { id: keyId }, data: { contactsReadPerDay } });
  forgetKey(keyId);
}

/** The status of a call, and what its answer says of the budget. */
async function get(path: string, options: CallOptions = {}) {
  const response = await call(path, { secret, ...options });
  const { data } = (await jsonOf(response)) as { data?: unknown[] };
  return { status: response.status, budget: response.headers.get(HEADER), read: data?.length ?? 0 };
}

async function used(): Promise<number> {
  return (await db().budgetUse.findFirst({ where: { keyId } }))?.used ?? 0;
}

describe("a key that may read ten contacts a day", () => {
  test("reads ten, and not one more until somebody lifts that", async () => {
    expect(await get("/contacts?limit=4")).toEqual({ status: 200, budget: "4/10", read: 4 });
    expect(await get("/contacts/person-0@example.com")).toMatchObject({ budget: "5/10" });
    expect(await get("/contacts?limit=5")).toEqual({ status: 200, budget: "10/10", read: 5 });
    const refused = await call("/contacts?limit=1", { secret });
    expect([refused.status, refused.headers.get(HEADER)]).toEqual([429, "10/10"]);
    const { code, detail, retry_after } = await jsonOf(refused);
    expect(code).toBe("budget_exceeded");
    expect(detail).toContain("may read 10 contacts a day, and 10 were read");
    expect(refused.headers.get("retry-after")).toBe(`${retry_after}`);
    mustWork(await liftBudget(owner, { keyId }, now()));
    expect(await get("/contacts?limit=1")).toEqual({ status: 200, budget: "1/10", read: 1 });
  });

  test("is paused by the first page that is too large, also for pages that would fit", async () => {
    expect(await get("/contacts?limit=8")).toMatchObject({ status: 200, budget: "8/10" });
    expect(await get("/contacts?limit=3")).toEqual({ status: 429, budget: "8/10", read: 0 });
    expect(await get("/contacts?limit=1")).toEqual({ status: 429, budget: "8/10", read: 0 });
    expect(await used()).toBe(8);
  });

  test("learns nothing of who is a contact once it is paused", async () => {
    await get("/contacts?limit=11");
    for (const path of ["/contacts/person-0@example.com", "/contacts/nobody@example.com"]) {
      expect(await get(path)).toEqual({ status: 429, budget: "0/10", read: 0 });
    }
  });

  test("goes on with everything else, and does not read by changing", async () => {
    await get("/contacts?limit=11");
    expect((await get("/me")).status).toBe(200);
    expect(await get("/audiences")).toMatchObject({ status: 200, budget: null });
    const changed = await call("/contacts/person-0@example.com", {
      method: "PUT",
      secret,
      body: {},
    });
    expect(changed.status).toBe(200);
    expect(Object.keys(await jsonOf(changed)).sort()).toEqual(["id", "object", "updated_at"]);
  });

  test("pays nothing for what is not there, and is told", async () => {
    expect(await get("/contacts/nobody@example.com")).toMatchObject({
      status: 404,
      budget: "0/10",
    });
    expect(await used()).toBe(0);
  });

  test("reads no more by many calls at once, nor by two processes", async () => {
    await allow(30);
    const again = () => processValues().delete("budget-countings");
    const calls = Array.from({ length: 24 }, (_, at) => {
      // Half of the calls are counted in a group of their own, as the calls of another process are.
      if (at === 12) again();
      return get("/contacts?limit=3");
    });
    const answers = await Promise.all(calls);
    const read = answers.reduce((sum, answer) => sum + answer.read, 0);
    expect(read).toBe(30);
    expect(await used()).toBe(30);
    expect(
      await db().auditEvent.count({ where: { targetId: keyId, action: "key.budget_exceeded" } }),
    ).toBe(1);
  });
});

test("the first excess is a finding, put on record once, and gone when it is lifted", async () => {
  await Promise.all(Array.from({ length: 5 }, () => get("/contacts?limit=11")));
  const finding = await db().finding.findFirstOrThrow({ where: { keyId } });
  expect(finding).toMatchObject({ kind: "budget_exceeded", severity: "urgent", degree: 1 });
  const events = await db().auditEvent.findMany({
    where: { targetId: keyId },
    orderBy: { at: "asc" },
  });
  expect(events.map(({ action, actorName, address }) => [action, actorName, address])).toEqual([
    ["key.created", owner.name, owner.address],
    ["key.budget_exceeded", "HubSpot sync", "203.0.113.7"],
  ]);
});

test("a marketer may not lift a budget, and nobody lifts what is not paused", async () => {
  const marketer = await givenColleague(owner, "marketer");
  await get("/contacts?limit=11");
  expect(await liftBudget(marketer, { keyId }, now())).toMatchObject({ code: "not_found" });
  mustWork(await liftBudget(owner, { keyId }, now()));
  expect(await liftBudget(owner, { keyId }, now())).toMatchObject({ code: "not_paused" });
});

test("a key without a budget is told of none, and nothing is stored", async () => {
  await allow(null);
  expect(await get("/contacts?limit=10")).toEqual({ status: 200, budget: null, read: 10 });
  expect(await db().budgetUse.count({ where: { keyId } })).toBe(0);
});
