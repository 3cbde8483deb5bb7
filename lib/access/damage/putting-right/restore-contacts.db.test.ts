import { beforeEach, expect, test } from "vitest";
import { restoreContacts } from "@/lib/access/damage/putting-right/restore-contacts";
import { compareContacts } from "@/lib/access/damage/reading/compare-contacts";
import { countChanged } from "@/lib/access/damage/reading/count-changed";
import { joinAudience, leaveAudience } from "@/lib/mail/contacts/audience-membership";
import { updateContact, upsertContact } from "@/lib/mail/contacts/contacts";
import { sendEmail } from "@/lib/mail/emails/send-emails";
import { deleteContact } from "@/lib/mail/erasure/delete-contact";
import { signLink } from "@/lib/mail/tracking/signed-links";
import { unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as noon } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenList } from "@/lib/testing/campaigns";
import { viewOfKey } from "@/lib/testing/damage";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const THIEF = "198.51.100.66";
const SHOP = "203.0.113.7";
const YESTERDAY = later(noon, -DAY_MS);
const TOMORROW = later(noon, DAY_MS);

let owner: MemberActor;
let keyId: string;
let thief: View;
let shop: View;

beforeEach(async () => {
  owner = await givenOwner();
  ({ keyId } = await givenKey(owner));
  thief = viewOfKey(owner, { keyId, at: noon, address: THIEF });
  shop = viewOfKey(owner, { keyId, at: noon, address: SHOP });
});

/** Anna, whom a member's own tool made before anything happened. */
async function givenContact(email = "anna@example.com", values = {}): Promise<string> {
  const other = viewOfKey(owner, { keyId: "key_other", at: YESTERDAY, address: SHOP });
  const input = { first_name: "Anna", properties: { plan: "free", visits: 3 }, ...values };
  return mustWork(await upsertContact(other, email, input, YESTERDAY)).contact.id;
}

const damage = (addresses: string[] | null = null) => ({ keyId, since: noon, addresses });

async function restore(values: { resubscribe?: boolean; addresses?: string[] } = {}) {
  const { resubscribe = false, addresses = null } = values;
  const input = { ...damage(addresses), resubscribe, after: null };
  return mustWork(await restoreContacts(owner, input, TOMORROW)).restored;
}

async function compared(addresses: string[] | null = null) {
  const input = { ...damage(addresses), after: null };
  return mustWork(await compareContacts(owner, input)).contacts;
}

const stored = async (id: string) => {
  const { email, firstName, lastName, unsubscribed, properties, changedBy, audiences } =
    await db().contact.findUniqueOrThrow({ where: { id }, include: { audiences: true } });
  const lists = audiences.map(({ audienceId }) => audienceId).sort();
  return { email, firstName, lastName, unsubscribed, properties, changedBy, lists };
};

test("a contact gets back what it had before the first of several changes", async () => {
  const id = await givenContact();
  const before = await stored(id);
  const joined = (await givenList(owner, 0)).audienceId;
  const left = (await givenList(owner, 0)).audienceId;
  mustWork(
    await joinAudience(viewOf(owner, "live"), { audienceId: left, contact: { id } }, YESTERDAY),
  );
  const input = {
    email: "thief@example.com",
    first_name: "Eve",
    properties: { plan: null, spy: true },
  };
  mustWork(await updateContact(thief, { id }, input, noon));
  mustWork(await updateContact(thief, { id }, { first_name: "Mallory", last_name: "M" }, noon));
  mustWork(await joinAudience(thief, { audienceId: joined, contact: { id } }, noon));
  mustWork(await leaveAudience(thief, { audienceId: left, contact: { id } }, noon));

  const [shown] = await compared();
  expect(shown).toMatchObject({ standing: "restorable", email: "thief@example.com" });
  expect(
    shown?.differences.map(({ label, before, now }) => `${label}: ${before} → ${now}`),
  ).toEqual([
    "Email: anna@example.com → thief@example.com",
    "First name: Anna → Mallory",
    "Last name: none → M",
    "plan: free → none",
    "spy: none → true",
    "List Newsletter: not on it → on it",
    "List Newsletter: on it → not on it",
  ]);
  expect(await countChanged({ ...damage(), workspaceId: owner.workspaceId })).toMatchObject({
    restorable: 1,
    renamed: 1,
    moved: 1,
    restored: 0,
  });
  expect(await restore()).toBe(1);
  expect(await stored(id)).toEqual({ ...before, changedBy: owner.memberId, lists: [left] });
  expect(await restore()).toBe(0);
  expect(await countChanged({ ...damage(), workspaceId: owner.workspaceId })).toMatchObject({
    restorable: 0,
    restored: 1,
  });
  const { length } = await db().auditEvent.findMany({ where: { action: "key.contacts_restored" } });
  expect(length).toBeGreaterThan(0);
});

test("what somebody else has changed since, or in between, is left alone and named", async () => {
  const later1 = await givenContact("after@example.com");
  const between = await givenContact("between@example.com");
  const member = viewOf(owner, "live");
  mustWork(await updateContact(thief, { id: later1 }, { first_name: "Eve" }, noon));
  mustWork(await updateContact(member, { id: later1 }, { last_name: "Berg" }, noon));
  mustWork(await updateContact(thief, { id: between }, { first_name: "Eve" }, noon));
  mustWork(await updateContact(member, { id: between }, { last_name: "Berg" }, noon));
  mustWork(await updateContact(thief, { id: between }, { first_name: "Mallory" }, noon));
  expect(await compared()).toMatchObject([
    { id: later1, standing: "changed_since", changedBy: { kind: "member", id: owner.memberId } },
    { id: between, standing: "changed_since" },
  ]);
  expect(await restore()).toBe(0);
  expect((await stored(later1)).firstName).toBe("Eve");
});

test("only what chosen callers did is undone, and not where another caller came after", async () => {
  const first = await givenContact("first@example.com");
  const second = await givenContact("second@example.com");
  mustWork(await updateContact(shop, { id: first }, { properties: { plan: "pro" } }, noon));
  mustWork(await updateContact(thief, { id: first }, { first_name: "Eve" }, noon));
  mustWork(await updateContact(thief, { id: second }, { first_name: "Eve" }, noon));
  mustWork(await updateContact(shop, { id: second }, { properties: { plan: "pro" } }, noon));
  expect(await restore({ addresses: [THIEF] })).toBe(1);
  expect(await stored(first)).toMatchObject({ firstName: "Anna", properties: { plan: "pro" } });
  expect((await stored(second)).firstName).toBe("Eve");
  expect(await compared([SHOP])).toMatchObject([
    { id: first, standing: "changed_since" },
    { id: second, standing: "restorable" },
  ]);
});

test("added and deleted contacts are named, and stay so", async () => {
  mustWork(await upsertContact(thief, "added@example.com", {}, noon));
  const id = await givenContact();
  mustWork(await updateContact(thief, { id }, { first_name: "Eve" }, noon));
  mustWork(await deleteContact(thief, { id }, noon));
  const found = await compared();
  expect(found.map(({ standing, email }) => [standing, email]).sort()).toEqual([
    ["added", "added@example.com"],
    ["deleted", null],
  ]);
  expect(await restore()).toBe(0);
});

test("a former email that another contact has by now is left to it", async () => {
  const id = await givenContact();
  mustWork(await updateContact(thief, { id }, { email: "thief@example.com" }, noon));
  await givenContact("anna@example.com");
  expect(await compared()).toMatchObject([{ standing: "email_taken" }]);
  expect(await restore()).toBe(0);
});

test("who was unsubscribed by the key stays so, until somebody says otherwise, and that is on record", async () => {
  const id = await givenContact();
  const input = { unsubscribed: true, first_name: "Eve" };
  mustWork(await updateContact(thief, { id }, input, noon));
  expect(await restore()).toBe(1);
  expect(await stored(id)).toMatchObject({ firstName: "Anna", unsubscribed: true });

  const other = await givenContact("other@example.com");
  mustWork(await updateContact(thief, { id: other }, input, noon));
  expect(await restore({ resubscribe: true })).toBe(1);
  expect(await stored(other)).toMatchObject({ firstName: "Anna", unsubscribed: false });
  const { workspaceId } = owner;
  expect(
    await db().auditEvent.count({ where: { workspaceId, action: "contact.resubscribed" } }),
  ).toBe(1);
  const left = await db().suppression.findMany({ where: { workspaceId } });
  expect(left.map(({ email }) => email)).toEqual(["anna@example.com"]);
});

test("a person's own unsubscribe is never undone", async () => {
  const id = await givenContact();
  const message = { from: "a@acme.example", to: ["anna@example.com"], subject: "Hi", text: "Hi" };
  const { id: emailId } = mustWork(await sendEmail(shop, message, noon));
  mustWork(await updateContact(thief, { id }, { unsubscribed: true, first_name: "Eve" }, noon));
  const signature = signLink({ purpose: "unsubscribe", emailId });
  mustWork(await unsubscribe({ emailId, signature }, noon));
  expect(await restore({ resubscribe: true })).toBe(1);
  expect(await stored(id)).toMatchObject({ firstName: "Anna", unsubscribed: true });
});

test("somebody whom the key subscribed again is unsubscribed again", async () => {
  const id = await givenContact("gone@example.com", { unsubscribed: true });
  mustWork(await updateContact(thief, { id }, { resubscribe: true }, noon));
  expect(await restore()).toBe(1);
  expect((await stored(id)).unsubscribed).toBe(true);
  expect(await db().suppression.count({ where: { email: "gone@example.com" } })).toBe(1);
});

test("two members at once restore each contact once", async () => {
  const ids = await Promise.all([1, 2, 3].map((n) => givenContact(`p${n}@example.com`)));
  for (const id of ids) mustWork(await updateContact(thief, { id }, { first_name: "Eve" }, noon));
  const both = await Promise.all([restore(), restore()]);
  expect(both.sort()).toEqual([0, 3]);
});

test.each(["marketer", "viewer"] as const)("a %s restores nothing", async (role) => {
  const colleague = await givenColleague(owner, role);
  const input = { ...damage(), resubscribe: false, after: null };
  expect(await restoreContacts(colleague, input, TOMORROW)).toMatchObject({ code: "not_found" });
  const stranger = await givenOwner();
  expect(await restoreContacts(stranger, input, TOMORROW)).toMatchObject({ code: "not_found" });
  expect(await compareContacts(stranger, { ...damage(), after: null })).toMatchObject({
    code: "not_found",
  });
});
