import { beforeEach, describe, expect, test } from "vitest";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { sendTestEmail } from "@/lib/mail/campaigns/test-email";
import { recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import { signLink } from "@/lib/mail/tracking/signed-links";
import { resubscribe, subscriptionOf, unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let contactId: string;
let link: { emailId: string; signature: string };

beforeEach(async () => {
  owner = await givenOwner();
  const { audienceId, contactIds } = await givenList(owner, 1);
  contactId = contactIds[0] ?? "";
  const campaignId = await givenSendingCampaign(owner, { audienceId });
  await sendToAudience(campaignId, now);
  const { id: emailId } = await db().email.findFirstOrThrow({ where: { campaignId } });
  link = { emailId, signature: signLink({ purpose: "unsubscribe", emailId }) };
});

const contact = () => db().contact.findUniqueOrThrow({ where: { id: contactId } });
const eventTypes = async () => {
  const rows = await db().emailEvent.findMany({ where: { emailId: link.emailId } });
  return rows.map(({ type, first }) => (first ? type : `${type} again`)).sort();
};

describe("the link in a mail", () => {
  test("unsubscribes its recipient, once or twice, and lets them come back", async () => {
    const place = { workspaceName: owner.workspaceName, recipient: "person-0@example.com" };
    expect(await subscriptionOf(link)).toMatchObject({ value: { ...place, unsubscribed: false } });
    await unsubscribe(link, now());
    await unsubscribe(link, now());
    expect(await subscriptionOf(link)).toMatchObject({ value: { ...place, unsubscribed: true } });
    expect(await contact()).toMatchObject({ unsubscribed: true, changedBy: null });
    expect(await eventTypes()).toEqual(["queued", "unsubscribed", "unsubscribed again"]);
    expect(await db().suppression.findMany({ where: { workspaceId: owner.workspaceId } })).toEqual([
      expect.objectContaining({ reason: "unsubscribed", emailId: link.emailId }),
    ]);
    await resubscribe(link, now());
    expect((await contact()).unsubscribed).toBe(false);
    expect(await db().suppression.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
    const [audited] = await db().auditEvent.findMany({ where: { targetId: contactId } });
    expect(audited).toMatchObject({ action: "contact.resubscribed", targetName: contactId });
  });

  test("keeps the address from mail even when its contact is gone", async () => {
    await db().contact.delete({ where: { id: contactId } });
    expect((await unsubscribe(link, now())).ok).toBe(true);
    expect(await subscriptionOf(link)).toMatchObject({ value: { unsubscribed: true } });
    expect(await db().suppression.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
  });

  test("of a test that a member sent to themselves unsubscribes nobody", async () => {
    const message = {
      subject: "Sale",
      html: "<p>Sale</p>",
      text: "",
      environment: "live",
    } as const;
    const from = { from: "hello@acme.example", replyTo: "" };
    const sent = await sendTestEmail(owner, { ...message, ...from }, now());
    const emailId = sent.ok ? sent.value.id : "";
    const own = { emailId, signature: signLink({ purpose: "unsubscribe", emailId }) };
    expect(await unsubscribe(own, now())).toEqual({ ok: true, value: null });
    expect(await resubscribe(own, now())).toEqual({ ok: true, value: null });
    expect(await subscriptionOf(own)).toMatchObject({ value: { isTest: true } });
    expect(await db().suppression.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
  });

  test("is none with another signature, or one for something else", async () => {
    const forged = [
      { ...link, signature: `${link.signature.slice(0, -2)}AA` },
      { ...link, signature: signLink({ purpose: "open", emailId: link.emailId }) },
      { ...link, emailId: "eml_00000000000000000000000000" },
      { ...link, emailId: "" },
    ];
    for (const wrong of forged) {
      expect(await subscriptionOf(wrong)).toMatchObject({ code: "not_found" });
      expect(await unsubscribe(wrong, now())).toMatchObject({ code: "not_found" });
      expect(await resubscribe(wrong, now())).toMatchObject({ code: "not_found" });
    }
    expect((await contact()).unsubscribed).toBe(false);
  });
});

describe("what a reader does", () => {
  test("is counted for the email, its contact and its campaign", async () => {
    const reading = { emailId: link.emailId, userAgent: "Mail/1.0" };
    await recordReading("opened", reading, now());
    await recordReading("opened", reading, now());
    await recordReading("clicked", { ...reading, url: "https://shop.example/" }, now());
    expect(await eventTypes()).toEqual(["clicked", "opened", "opened again", "queued"]);
    expect((await contact()).lastOpenedAt).not.toBeNull();
    const [linkRow] = await db().campaignLink.findMany({ where: { url: "https://shop.example/" } });
    expect(linkRow).toMatchObject({ clicks: 1, uniqueClicks: 1 });
  });

  test("of an email that is gone changes nothing and harms nobody", async () => {
    const reading = { emailId: "eml_00000000000000000000000000", userAgent: null };
    await recordReading("opened", reading, now());
    expect(await db().emailEvent.count({ where: { emailId: reading.emailId } })).toBe(0);
  });
});
