import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import type { EditKeyInput } from "@/lib/access/api-keys/key/schema";
import { countUse } from "@/lib/access/budgets/use";
import { type PlantedDecoy, plantDecoy } from "@/lib/access/decoys/plant-decoy";
import { dismissFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import { createMemberAudience } from "@/lib/mail/audiences/member-audiences";
import { startMemberCampaign } from "@/lib/mail/campaigns/member-campaign-steps";
import { createMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { countRefusals, REFUSED_IN_A_ROW_MAX } from "@/lib/mail/emails/refusal-streak";
import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import { addDomain } from "@/lib/mail/sending-domains/member-domains";
import { addSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { createMemberTemplate } from "@/lib/mail/templates/member-templates";
import type { MemberActor } from "@/lib/people/auth/actor";
import { invite } from "@/lib/people/members/invite";
import { listInvitations } from "@/lib/people/members/list-members";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { Result } from "@/lib/platform/result";
import { editInput, givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenList } from "@/lib/testing/campaigns";
import type { Person } from "@/lib/testing/people";

export const LIVE = { environment: "live" } as const;
export const TOMORROW = later(now, DAY_MS);

/** The value of a change that succeeded. Throws when it failed. */
export function mustWork<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export async function invited(
  owner: MemberActor,
): Promise<{ invitationId: string; token: string }> {
  const input = { email: "jo@example.com", role: "viewer" } as const;
  const { path } = mustWork(await invite(owner, input, now));
  const [invitation] = await listInvitations(owner, now);
  return { invitationId: invitation?.id ?? "", token: path.slice("/invite/".length) };
}

/** Limits for a key of this workspace, of every kind: addresses, an audience and a sending domain. */
export async function givenLimits(owner: MemberActor) {
  const { audienceId } = await givenList(owner, 1);
  mustWork(await addDomain(owner, { name: "shop.example" }, now));
  return {
    allowedAddresses: ["203.0.113.7"],
    audiences: [audienceId],
    sendingDomains: ["shop.example"],
  };
}

/** Creates a key of `owner` and edits it once. */
export async function edited(owner: MemberActor, change: Partial<EditKeyInput>): Promise<void> {
  const { keyId } = await givenKey(owner);
  const input = { ...(await editInput(keyId)), ...change, confirmWidening: true };
  mustWork(await editKey(owner, input, now));
}

/** Creates a key and rotates it once; the old secret works for one more day. */
export async function rotating(owner: MemberActor) {
  const { keyId, secretId: oldSecretId } = await givenKey(owner);
  const rotation = { keyId, currentSecretId: oldSecretId, grace: { kind: "24h" } } as const;
  mustWork(await rotateKey(owner, rotation, now));
  const { id } = await db().apiKeySecret.findFirstOrThrow({ where: { keyId, retiresAt: null } });
  return { keyId, oldSecretId, currentSecretId: id };
}

/** Creates a key that never expires, and dismisses that it was found. Returns the id of the finding. */
export async function dismissed(owner: MemberActor): Promise<string> {
  const { keyId } = await givenKey(owner, { expiry: { kind: "never" } });
  await watchKey({ workspaceId: owner.workspaceId, keyId }, now);
  const { id: findingId } = await db().finding.findFirstOrThrow({ where: { keyId } });
  const why = { reason: "intended", note: "The CRM cannot rotate" } as const;
  mustWork(await dismissFinding(owner, { findingId, ...why }, now));
  return findingId;
}

/** Creates a key that may read 100 contacts a day, and has it ask for more. */
export async function overBudget(owner: MemberActor): Promise<{ keyId: string }> {
  const { workspaceId } = owner;
  const { keyId } = await givenKey(owner);
  const contactsReadPerDay = 100;
  await db().apiKey.update({ where: { id: keyId }, data: { contactsReadPerDay } });
  const caller = { address: "203.0.113.7", userAgent: "HubSpot-Sync/3.1" };
  const spender = { workspaceId, keyId, keyName: "HubSpot sync", ...caller };
  const budget = "contactsReadPerDay";
  await countUse({ ...spender, budget, limit: contactsReadPerDay, amount: 101 }, now);
  return { keyId };
}

/** Plants a decoy. */
export async function planted(owner: MemberActor): Promise<PlantedDecoy> {
  const input = { name: "HubSpot backup", place: "The agency's wiki" };
  return mustWork(await plantDecoy(owner, input, now));
}

export function ruleOf(plan: string) {
  const condition = {
    kind: "property",
    property: "plan",
    operator: "equals",
    value: plan,
  } as const;
  return { match: "all" as const, conditions: [condition] };
}

export async function givenAudience(owner: MemberActor, plan: string): Promise<string> {
  const input = { ...LIVE, name: "Buyers", rule: ruleOf(plan) };
  return mustWork(await createMemberAudience(owner, input, now)).id;
}

export const TEMPLATE = {
  ...LIVE,
  name: "Receipt",
  subject: "Receipt",
  html: "<p>Hi</p>",
  text: "",
};

export async function givenTemplate(owner: MemberActor): Promise<string> {
  return mustWork(await createMemberTemplate(owner, TEMPLATE, now)).id;
}

export async function givenDraft(owner: MemberActor) {
  const { audienceId } = await givenList(owner, 1);
  const message = { from: "Acme <hello@acme.example>", replyTo: "", subject: "Hello", text: "" };
  const draft = { ...LIVE, name: "Sale", audienceId, ...message, html: "<p>Hello</p>" };
  return { ...mustWork(await createMemberCampaign(owner, draft, now)), draft };
}

export async function scheduled(owner: MemberActor): Promise<string> {
  const { id } = await givenDraft(owner);
  const start = { id, scheduledAt: TOMORROW, updatedAt: now };
  mustWork(await startMemberCampaign(owner, start, now));
  return id;
}

export async function givenScheduledEmail({ workspaceId }: MemberActor): Promise<{ id: string }> {
  const message = { from: "a@acme.example", to: ["b@example.com"], subject: "Hello" };
  const times = { createdAt: now, scheduledAt: TOMORROW };
  const id = newId("eml", now);
  const data = { id, workspaceId, ...LIVE, ...message, ...times, status: "scheduled" } as const;
  return await db().email.create({ data, select: { id: true } });
}

export async function paused({ actor: { workspaceId } }: Person): Promise<void> {
  const refusals = Array.from({ length: REFUSED_IN_A_ROW_MAX }, () => "550 5.7.1 No relaying");
  await transact((tx) => countRefusals(tx, [{ workspaceId, taken: false, refusals }], now));
}

/** Deletes a contact whose email a note in the audit log names. */
export async function redacted(owner: MemberActor): Promise<void> {
  const [id = ""] = (await givenList(owner, 1)).contactIds;
  const { email } = await db().contact.findUniqueOrThrow({ where: { id } });
  const note = `${email} asked by phone`;
  mustWork(await addSuppression(owner, { ...LIVE, email: "jo@example.com", note }, now));
  mustWork(await deleteMemberContact(owner, { ...LIVE, id }, now));
}

export async function suppressed(owner: MemberActor): Promise<void> {
  const input = { ...LIVE, email: "jo@example.com", note: "Asked by phone" };
  mustWork(await addSuppression(owner, input, now));
}
