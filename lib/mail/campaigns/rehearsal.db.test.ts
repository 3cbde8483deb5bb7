import { beforeEach, expect, test } from "vitest";
import { failureReasons } from "@/lib/mail/campaigns/failures";
import { rehearseCampaign } from "@/lib/mail/campaigns/rehearsal";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const FOR_VIPS = "<p>{{ contact.properties.vip }}</p>";

let owner: MemberActor;
let audienceId: string;

beforeEach(async () => {
  owner = await givenOwner();
  const list = await givenList(owner, 5);
  audienceId = list.audienceId;
  await db().contact.update({
    where: { id: list.contactIds[0] ?? "" },
    data: { properties: { vip: "yes" } },
  });
  await db().contact.update({
    where: { id: list.contactIds[4] ?? "" },
    data: { unsubscribed: true },
  });
});

test("what most of an audience lacks shows before anything is sent, and afterwards why it failed", async () => {
  const id = await givenSendingCampaign(owner, { audienceId, html: FOR_VIPS });
  const rehearsed = await rehearseCampaign(owner, { id }, now());
  expect(rehearsed).toMatchObject({ value: { tried: 4, failed: 3 } });
  const reason = rehearsed.ok ? rehearsed.value.reason : null;
  expect(reason).toContain("contact.properties.vip");
  expect(await db().email.count({ where: { campaignId: id } })).toBe(0);
  await sendToAudience(id, now);
  expect(await failureReasons(owner, { id })).toEqual([{ reason, emails: 3 }]);
});

test("a message that fits everybody fails for nobody", async () => {
  const id = await givenSendingCampaign(owner, { audienceId });
  const rehearsed = await rehearseCampaign(owner, { id }, now());
  expect(rehearsed).toEqual({ ok: true, value: { tried: 4, failed: 0, reason: null } });
  await db().audience.delete({ where: { id: audienceId } });
  expect(await rehearseCampaign(owner, { id }, now())).toMatchObject({ value: { tried: 0 } });
});

test("is not there for a viewer, nor from another workspace", async () => {
  const id = await givenSendingCampaign(owner, { audienceId });
  for (const actor of [await givenColleague(owner, "viewer"), await givenOwner()]) {
    expect(await rehearseCampaign(actor, { id }, now())).toMatchObject({ code: "not_found" });
  }
});
