import { beforeEach, expect, test } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { cancelQueued } from "@/lib/access/damage/putting-right/cancel-queued";
import { waitingSince } from "@/lib/access/damage/reading/waiting";
import { createMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { startCampaign } from "@/lib/mail/campaigns/start-and-cancel";
import { claimAmongOthers } from "@/lib/mail/emails/claim-emails";
import { sendEmail } from "@/lib/mail/emails/send-emails";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { View } from "@/lib/people/auth/view";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { aRequest } from "@/lib/testing/activity-records";
import { givenKey, TEST_NOON as noon } from "@/lib/testing/api-keys";
import { givenDraft, mustWork } from "@/lib/testing/audit-givens";
import { viewOfKey } from "@/lib/testing/damage";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenWebhook } from "@/lib/testing/webhooks";

const THIEF = "198.51.100.66";
const SHOP = "203.0.113.7";
const TOMORROW = later(noon, DAY_MS);

let owner: MemberActor;
let keyId: string;
let thief: View;
let shop: View;

beforeEach(async () => {
  owner = await givenOwner();
  ({ keyId } = await givenKey(owner));
  thief = await inCall(THIEF);
  shop = await inCall(SHOP);
});

/** The key's view in a call of a caller. The call is on record. */
async function inCall(address: string): Promise<View> {
  const view = viewOfKey(owner, { keyId, at: noon, address });
  if (view.actor.kind !== "key") throw new Error("No key.");
  const { workspaceId } = owner;
  await storeBatch([aRequest({ id: view.actor.callId, workspaceId, keyId, address })], []);
  return view;
}

async function send(view: View, values: { scheduled_at?: Date } = {}, at = noon): Promise<string> {
  const message = { from: "a@acme.example", to: ["b@example.com"], subject: "Locked", text: "Hi" };
  return mustWork(await sendEmail(view, { ...message, ...values }, at)).id;
}

const damage = (addresses: string[] | null = null) => ({ keyId, since: noon, addresses });
const cancel = async (addresses: string[] | null = null) =>
  mustWork(await cancelQueued(owner, damage(addresses), TOMORROW));
const statusOf = async (id: string) =>
  (await db().email.findUniqueOrThrow({ where: { id } })).status;

test("cancels what waits, and says so in the email's events and to webhooks", async () => {
  await givenWebhook(owner, { events: ["email.canceled"] });
  const early = await send(shop, { scheduled_at: TOMORROW }, later(noon, -1));
  const ids = [await send(thief), await send(thief, { scheduled_at: TOMORROW })];
  expect(await waitingSince(owner, damage())).toMatchObject({ emails: 2, subject: "Locked" });
  expect(await cancel()).toEqual({ emails: 2, campaigns: 0, hasMore: false });
  for (const id of ids) {
    expect(await statusOf(id)).toBe("canceled");
    const events = await db().emailEvent.findMany({ where: { emailId: id, type: "canceled" } });
    expect(events).toMatchObject([{ detail: { reason: "taken_back" } }]);
  }
  expect(await statusOf(early)).toBe("scheduled");
  const told = await db().webhookEvent.findMany({ where: { objectId: { in: ids } } });
  expect(told.map(({ type }) => type)).toEqual(["email.canceled", "email.canceled"]);
  expect(await cancel()).toEqual({ emails: 0, campaigns: 0, hasMore: false });
  const audited = await db().auditEvent.findMany({
    where: { targetId: keyId, action: "key.emails_canceled" },
  });
  expect(audited).toMatchObject([{ changes: { emails: { to: 2 }, campaigns: { to: 0 } } }]);
});

test("of chosen callers, only theirs", async () => {
  const [mine, theirs] = [await send(shop), await send(thief)];
  expect(await waitingSince(owner, damage([THIEF]))).toMatchObject({ emails: 1 });
  expect(await cancel([THIEF])).toMatchObject({ emails: 1 });
  expect([await statusOf(mine), await statusOf(theirs)]).toEqual(["queued", "canceled"]);
});

test("an email on its way goes out, and nothing else of its kind", async () => {
  const [going, waiting] = [await send(thief), await send(thief)];
  await claimAmongOthers(going, true, () => noon);
  expect(await waitingSince(owner, damage())).toMatchObject({ emails: 1 });
  expect(await cancel()).toMatchObject({ emails: 1 });
  expect([await statusOf(going), await statusOf(waiting)]).toEqual(["queued", "canceled"]);
});

test("ends campaigns that it started, with the emails that were made for them", async () => {
  const { id, draft } = await givenDraft(owner);
  mustWork(await startCampaign(thief, { id }, noon));
  const other = mustWork(await createMemberCampaign(owner, draft, noon));
  mustWork(await startCampaign(thief, { id: other.id, scheduledAt: TOMORROW }, noon));
  await sendToAudience(id, () => noon);
  expect(await waitingSince(owner, damage([THIEF]))).toMatchObject({
    emails: 1,
    campaigns: 2,
    campaignNames: ["Sale", "Sale"],
  });
  expect(await cancel([SHOP])).toEqual({ emails: 0, campaigns: 0, hasMore: false });
  expect(await cancel([THIEF])).toEqual({ emails: 1, campaigns: 2, hasMore: false });
  const ended = await db().campaign.findMany({ where: { id: { in: [id, other.id] } } });
  expect(ended.map(({ status }) => status)).toEqual(["canceled", "canceled"]);
});

test.each(["marketer", "viewer"] as const)("a %s cancels nothing", async (role) => {
  const colleague = await givenColleague(owner, role);
  const id = await send(thief);
  expect(await cancelQueued(colleague, damage(), TOMORROW)).toMatchObject({ code: "not_found" });
  expect(await cancelQueued(await givenOwner(), damage(), TOMORROW)).toMatchObject({
    code: "not_found",
  });
  expect(await statusOf(id)).toBe("queued");
});
