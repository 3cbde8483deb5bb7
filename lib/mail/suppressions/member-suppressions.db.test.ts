import { beforeAll, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import {
  addSuppression,
  listSuppressions,
  removeSuppression,
} from "@/lib/mail/suppressions/member-suppressions";
import { removeSuppressionInput } from "@/lib/mail/suppressions/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

const LIVE = { environment: "live", search: "", after: undefined } as const;

async function addressesOf(query: Parameters<typeof listSuppressions>[1], actor = owner) {
  const page = await listSuppressions(actor, query);
  return page.ok ? page.value.rows.map(({ email }) => email) : null;
}

test("an address is put on the list once, found whole, taken off with a reason; the audit keeps no address", async () => {
  const entry = { environment: "live", email: "anna@example.com", note: "Asked by phone" } as const;
  expect(await addSuppression(owner, entry, TEST_NOON)).toMatchObject({ ok: true });
  expect(await addSuppression(owner, entry, TEST_NOON)).toMatchObject({ code: "validation_error" });
  expect(await addressesOf({ ...LIVE, search: " Anna@Example.com " })).toEqual([
    "anna@example.com",
  ]);
  expect(await addressesOf({ ...LIVE, search: "anna" })).toEqual([]);
  expect(await addressesOf({ ...LIVE, environment: "test" })).toEqual([]);
  const hash = emailHash(owner.workspaceId, "anna@example.com");
  const removal = {
    environment: "live",
    emailHash: hash,
    reason: "manual",
    note: "Asked",
  } as const;
  expect(await removeSuppression(owner, removal, TEST_NOON)).toMatchObject({ ok: true });
  expect(await removeSuppression(owner, removal, TEST_NOON)).toMatchObject({ code: "not_found" });
  const events = await db().auditEvent.findMany({
    where: { workspaceId: owner.workspaceId, action: { startsWith: "suppression." } },
  });
  expect(events.map(({ action }) => action).sort()).toEqual([
    "suppression.added",
    "suppression.removed",
  ]);
  expect(JSON.stringify(events)).not.toContain("anna@example.com");
  expect(JSON.stringify(events)).toContain("Asked by phone");
});

test("a complaint is kept as one, beside an entry by hand", async () => {
  const actor = await givenOwner();
  const entry = { environment: "live", email: "cross@example.com", note: "Wrote to us" } as const;
  for (const reason of ["complained", "manual"] as const) {
    expect(await addSuppression(actor, { ...entry, reason }, TEST_NOON)).toMatchObject({
      ok: true,
    });
  }
  const { workspaceId } = actor;
  const rows = await db().suppression.findMany({ where: { workspaceId } });
  expect(rows.map(({ reason }) => reason).sort()).toEqual(["complained", "manual"]);
});

test("who has unsubscribed is not taken off by somebody else", async () => {
  const removal = { environment: "live", emailHash: "0".repeat(64), note: "x" };
  const reasonOf = (reason: string) => removeSuppressionInput.safeParse({ ...removal, reason });
  expect(reasonOf("unsubscribed").success).toBe(false);
  expect(reasonOf("bounced").success).toBe(true);
});

test("the list is paged, newest first, without repeats or gaps", async () => {
  const reader = await givenOwner();
  const emails = Array.from(
    { length: 120 },
    (_, at) => `p${String(at).padStart(3, "0")}@example.com`,
  );
  await db().suppression.createMany({
    data: emails.map((email, at) => ({
      workspaceId: reader.workspaceId,
      environment: "live",
      reason: "bounced",
      email,
      emailHash: emailHash(reader.workspaceId, email),
      createdAt: later(TEST_NOON, Math.floor(at / 3)),
    })),
  });
  const seen: (string | null)[] = [];
  let after: string | undefined;
  do {
    const page = await listSuppressions(reader, { ...LIVE, after });
    if (!page.ok) throw new Error(page.message);
    seen.push(...page.value.rows.map(({ email }) => email));
    after = page.value.nextCursor ?? undefined;
  } while (after);
  expect(seen).toHaveLength(120);
  expect(new Set(seen)).toEqual(new Set(emails));
  expect(seen[0]).toMatch(/^p11[7-9]@/);
});

test.each(["marketer", "viewer"] as const)("a %s sees and changes nothing", async (role) => {
  const colleague = await givenColleague(owner, role);
  const entry = { environment: "live", email: "x@example.com", note: "x" } as const;
  expect(await addSuppression(colleague, entry, TEST_NOON)).toMatchObject({ code: "not_found" });
  expect(await addressesOf(LIVE, colleague)).toBeNull();
});
