import { expect, test } from "vitest";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import type { EditKeyInput } from "@/lib/access/api-keys/key/schema";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { actionsOn, auditOf, editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

async function stored(keyId: string) {
  return await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
}

test("an edit changes what it says, and its audit event says from what to what", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, { allowedAddresses: ["203.0.113.0/24"] });
  const edit = {
    ...(await editInput(keyId)),
    name: "HubSpot",
    description: "Moved to the new portal",
    scopes: ["contacts:read" as const],
    allowedAddresses: ["203.0.113.7"],
    expiry: { kind: "days", days: 365 } as const,
    ratePerMinute: 60,
  };
  expect(await editKey(owner, edit, now)).toEqual({ ok: true, value: { revision: 2 } });
  expect(await stored(keyId)).toMatchObject({
    name: "HubSpot",
    scopes: ["contacts:read"],
    allowedAddresses: ["203.0.113.7"],
    expiryDays: 365,
    expiresAt: later(now, 365 * DAY_MS),
    ratePerMinute: 60,
    revision: 2,
  });
  const events = await auditOf(keyId, "key.edited");
  expect(events).toHaveLength(1);
  expect(events[0]?.targetName).toBe("HubSpot");
  expect(events[0]?.changes).toEqual({
    name: { from: "HubSpot sync", to: "HubSpot" },
    description: { from: "", to: "Moved to the new portal" },
    scopes: { from: ["contacts:read", "contacts:write"], to: ["contacts:read"] },
    allowedAddresses: { from: ["203.0.113.0/24"], to: ["203.0.113.7"] },
    expiryDays: { from: 90, to: 365 },
    expiresAt: {
      from: later(now, 90 * DAY_MS).toISOString(),
      to: later(now, 365 * DAY_MS).toISOString(),
    },
    ratePerMinute: { from: 600, to: 60 },
  });
});

test("an edit that changes nothing leaves no trace", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const result = await editKey(owner, await editInput(keyId), later(now, DAY_MS));
  expect(result).toEqual({ ok: true, value: { revision: 1 } });
  expect(await actionsOn(keyId)).toEqual(["key.created"]);
});

test("of two people who edit the same revision at once, one wins and the other is told", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = await editInput(keyId);
  const results = await Promise.all(
    ["Mine", "Yours"].map((name) => editKey(owner, { ...edit, name }, now)),
  );
  expect(results.map((result) => (result.ok ? "saved" : result.code)).sort()).toEqual([
    "changed_meanwhile",
    "saved",
  ]);
  expect((await stored(keyId)).revision).toBe(2);
});

test("new scopes are named and need a confirmation", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = {
    ...(await editInput(keyId)),
    scopes: ["contacts:read", "emails:send", "campaigns:send"] as const,
  };
  const wider = { ...edit, scopes: [...edit.scopes] };
  expect(await editKey(owner, wider, now)).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: {
      scopes: ["Emails → Send (emails:send)", "Campaigns → Send (campaigns:send)"],
    },
  });
  expect((await stored(keyId)).revision).toBe(1);
  expect(await editKey(owner, { ...wider, confirmWidening: true }, now)).toMatchObject({
    ok: true,
  });
});

test.each([
  ["dropping the limit", ["203.0.113.7"], [], ["from anywhere"]],
  ["another address", ["203.0.113.7"], ["203.0.113.7", "::1"], ["::1"]],
  ["a wider range", ["203.0.113.7"], ["203.0.113.0/24"], ["203.0.113.0/24"]],
])("%s needs a confirmation", async (_, before, after, named) => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, { allowedAddresses: before });
  const edit = { ...(await editInput(keyId)), allowedAddresses: after };
  expect(await editKey(owner, edit, now)).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { allowedAddresses: named },
  });
  expect((await editKey(owner, { ...edit, confirmWidening: true }, now)).ok).toBe(true);
});

test("an expiry that goes needs a confirmation, and one that was never there does not", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = { ...(await editInput(keyId)), expiry: { kind: "never" } as const };
  expect(await editKey(owner, edit, now)).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { expiry: ["until someone revokes it"] },
  });
  expect((await editKey(owner, { ...edit, confirmWidening: true }, now)).ok).toBe(true);
  const again = { ...edit, ...(await editInput(keyId)), expiry: edit.expiry, name: "For good" };
  expect((await editKey(owner, again, now)).ok).toBe(true);
});

test("narrowing needs no confirmation", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = {
    ...(await editInput(keyId)),
    scopes: ["contacts:read" as const],
    allowedAddresses: ["203.0.113.7"],
  };
  expect((await editKey(owner, edit, now)).ok).toBe(true);
});

test("a key is handed to a colleague who may manage keys, and to nobody else", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const other = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  const stranger = await givenOwner();
  const { keyId } = await givenKey(marketer);
  const edit = await editInput(keyId);
  for (const ownerId of [viewer.memberId, stranger.memberId, "mem_none"]) {
    expect(await editKey(marketer, { ...edit, ownerId }, now)).toMatchObject({
      code: "validation_error",
      fieldErrors: { ownerId: [expect.stringContaining("member of this workspace")] },
    });
  }
  expect((await editKey(marketer, { ...edit, ownerId: other.memberId }, now)).ok).toBe(true);
  expect((await stored(keyId)).ownerId).toBe(other.memberId);
  expect((await auditOf(keyId, "key.owner_changed"))[0]).toMatchObject({
    action: "key.owner_changed",
    changes: { owner: { from: marketer.name, to: other.name } },
  });
  const after = await editInput(keyId);
  expect(await editKey(marketer, { ...after, name: "Mine again" }, now)).toMatchObject({
    code: "not_found",
  });
});

test("only admins change the rate limit; a marketer's form may carry it unchanged", async () => {
  const owner = await givenOwner();
  const marketer = await givenColleague(owner, "marketer");
  const admin = await givenColleague(owner, "admin");
  const { keyId } = await givenKey(marketer);
  const edit = { ...(await editInput(keyId)), name: "Renamed" };
  const faster = { ...edit, ratePerMinute: 6_000 };
  expect(await editKey(marketer, faster, now)).toMatchObject({ code: "not_found" });
  expect((await editKey(marketer, edit, now)).ok).toBe(true);
  const next = { ...(await editInput(keyId)), ratePerMinute: 6_000 };
  expect((await editKey(admin, next, now)).ok).toBe(true);
});

test("a revoked key is not edited, and an expiry in the past is not taken", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = await editInput(keyId);
  const past = { ...edit, expiry: { kind: "date", date: "2026-11-22" } as const };
  expect(await editKey(owner, past, now)).toMatchObject({
    code: "validation_error",
    fieldErrors: { "expiry.date": [expect.any(String)] },
  });
  await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, now);
  const late = { ...(await editInput(keyId)), name: "Back" };
  expect(await editKey(owner, late, now)).toMatchObject({ code: "revoked" });
});

test("reaching people who have unsubscribed again is more than now, and asks first", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, { skipUnsubscribed: true });
  const kept = { ...(await editInput(keyId)), name: "Renamed" };
  expect((await editKey(owner, kept, now)).ok).toBe(true);
  expect(await stored(keyId)).toMatchObject({ skipUnsubscribed: true });
  const edit = { ...(await editInput(keyId)), skipUnsubscribed: false };
  expect(await editKey(owner, edit, now)).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { skipUnsubscribed: ["people who have unsubscribed"] },
  });
  expect((await editKey(owner, { ...edit, confirmWidening: true }, now)).ok).toBe(true);
  expect(await stored(keyId)).toMatchObject({ skipUnsubscribed: false });
});

test("budgets are given, kept and taken away; one that gets another number is paused no more", async () => {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner);
  const edit = async (budgets: Partial<EditKeyInput>) => {
    expect((await editKey(owner, { ...(await editInput(keyId)), ...budgets }, now)).ok).toBe(true);
    return await stored(keyId);
  };
  const given = { contactsReadPerDay: 2_000, recipientsPerHour: 50 };
  expect(await edit(given)).toMatchObject(given);
  expect(await edit({ name: "Renamed" })).toMatchObject(given);
  const passed = { keyId, since: startOf(now, DAY_MS), used: 1_990, passedAt: now };
  const budgets = ["contactsReadPerDay", "recipientsPerDay"];
  await db().budgetUse.createMany({ data: budgets.map((budget) => ({ ...passed, budget })) });
  await edit({ contactsReadPerDay: 5_000 });
  const paused = await db().budgetUse.findMany({ where: { keyId, passedAt: { not: null } } });
  expect(paused.map(({ budget }) => budget)).toEqual(["recipientsPerDay"]);
  expect(await edit({ contactsReadPerDay: null, recipientsPerHour: null })).toMatchObject({
    contactsReadPerDay: null,
    recipientsPerHour: null,
  });
});
