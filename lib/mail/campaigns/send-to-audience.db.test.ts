import { beforeEach, describe, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import { CHUNK, sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { cancelCampaign } from "@/lib/mail/campaigns/start-and-cancel";
import { setUnsubscribed } from "@/lib/mail/contacts/subscription";
import { composeMessage } from "@/lib/mail/emails/compose";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { withStoredEmail } from "@/lib/mail/emails/stored-email";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import { now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
});

async function emailsOf(campaignId: string) {
  return await db().email.findMany({
    where: { campaignId },
    orderBy: { id: "asc" },
    include: { content: true },
  });
}

async function eventsOf(campaignId: string, type: "suppressed" | "failed" | "queued") {
  return await db().emailEvent.findMany({ where: { campaignId, type } });
}

async function campaignRow(id: string) {
  return await db().campaign.findUniqueOrThrow({ where: { id } });
}

/** A clock that stands still until it has been read `reads` times, and is then an hour ahead. */
function clockThatStopsAfter(reads: number): () => Date {
  let left = reads;
  return () => {
    left -= 1;
    return left >= 0 ? now() : new Date(now().getTime() + 3_600_000);
  };
}

async function deliverAll(campaignId: string): Promise<void> {
  for (const { id } of await emailsOf(campaignId)) await deliverEmail(id, now, null);
}

describe("sending to an audience", () => {
  test("everybody in it gets one email of their own, with a way out", async () => {
    const { audienceId, contactIds } = await givenList(owner, 5);
    const id = await givenSendingCampaign(owner, {
      audienceId,
      subject: "For {{ contact.first_name }}",
      html: '<a href="https://shop.example/">Hi {{ contact.properties.n }}</a>',
      text: "Hi {{ contact.email }}",
    });
    await sendToAudience(id, now);
    const emails = await emailsOf(id);
    expect(emails.map(({ contactId }) => contactId)).toEqual(contactIds);
    expect(emails.map(({ subject }) => subject)).toContain("For Person 3");
    const [first] = emails;
    expect(first).toMatchObject({ status: "queued", to: ["person-0@example.com"] });
    expect(first?.content?.html).toContain(`/t/c/${first?.id}/`);
    expect(first?.content?.html).toContain(`/t/u/${first?.id}/`);
    expect(first?.content?.text).toMatch(/^Hi person-0@example.com\n\nUnsubscribe: http/);
    expect(first?.content?.headers).toMatchObject({
      "List-Unsubscribe": expect.stringMatching(/^<http.*\/t\/u\/eml_/),
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
      "List-Id": expect.stringMatching(new RegExp(`^<${audienceId}\\.[a-z.]+>$`)),
      Precedence: "bulk",
      "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    });
    const source = await withStoredEmail(first?.id ?? "", composeMessage);
    expect(source?.raw.toString()).toMatch(/^List-Unsubscribe: <http[^\s]+>\r\n/m);
    expect(await campaignRow(id)).toMatchObject({ status: "sending", recipients: 5 });
    await deliverAll(id);
    await sendToAudience(id, now);
    expect(await campaignRow(id)).toMatchObject({ status: "sent", recipients: 5 });
  });

  test("what contacts did is theirs to be told", async () => {
    const { audienceId, contactIds } = await givenList(owner, 2);
    const at = now();
    const lastPayload = { product: "Blue shoes" };
    await db().contactEventCount.create({
      data: {
        workspaceId: owner.workspaceId,
        environment: "live",
        contactId: contactIds[0] ?? "",
        name: "viewed",
        count: 3,
        lastAt: at,
        lastPayload,
      },
    });
    const html =
      "{% if events.viewed %}{{ events.viewed.count }} × {{ events.viewed.last.payload.product }}{% else %}nothing yet{% endif %}";
    const id = await givenSendingCampaign(owner, { audienceId, html });
    await sendToAudience(id, now);
    const texts = (await emailsOf(id)).map(({ content }) => content?.html?.split("<")[0]);
    expect(texts).toEqual(["3 × Blue shoes", "nothing yet"]);
  });

  test("who unsubscribed or bounced before gets nothing, and the record says so", async () => {
    const { audienceId, contactIds } = await givenList(owner, 4);
    const { workspaceId } = owner;
    const place = { workspaceId, environment: "live" as const };
    const change = { ...place, contactId: contactIds[0] ?? "", unsubscribed: true, by: null };
    await transact((tx) => setUnsubscribed(tx, change, now()));
    // One whose suppression went missing, which must never mean mail.
    await db().contact.update({ where: { id: contactIds[1] ?? "" }, data: { unsubscribed: true } });
    const bounced = emailHash(workspaceId, "person-2@example.com");
    await db().suppression.create({
      data: { ...place, emailHash: bounced, reason: "bounced", createdAt: now() },
    });
    const id = await givenSendingCampaign(owner, { audienceId });
    await sendToAudience(id, now);
    const statuses = (await emailsOf(id)).map(({ status }) => status);
    expect(statuses).toEqual(["suppressed", "suppressed", "suppressed", "queued"]);
    const reasons = (await eventsOf(id, "suppressed")).map(({ detail }) => detail);
    expect(reasons).toHaveLength(3);
    expect(reasons).toContainEqual(expect.objectContaining({ reason: "bounced" }));
    expect((await campaignRow(id)).recipients).toBe(4);
  });

  test("one whose data does not fit the template fails alone, visibly", async () => {
    const { audienceId, contactIds } = await givenList(owner, 3);
    await db().contact.update({ where: { id: contactIds[1] ?? "" }, data: { properties: {} } });
    const html = "\nNumber {{ contact.properties.n }}";
    const id = await givenSendingCampaign(owner, { audienceId, html });
    await sendToAudience(id, now);
    const emails = await emailsOf(id);
    expect(emails.map(({ status }) => status)).toEqual(["queued", "failed", "queued"]);
    const [failure] = await eventsOf(id, "failed");
    expect(failure?.detail).toMatchObject({
      reason: expect.stringContaining("Line 2 of the HTML: “contact.properties.n” is not known"),
    });
    await deliverAll(id);
    await sendToAudience(id, now);
    expect((await campaignRow(id)).status).toBe("sent");
  });

  test("an audience without anybody to write to is sent at once", async () => {
    const { audienceId } = await givenList(owner, 0);
    const id = await givenSendingCampaign(owner, { audienceId });
    await sendToAudience(id, now);
    expect(await campaignRow(id)).toMatchObject({ status: "sent", recipients: 0 });
  });
});

describe("whatever happens on the way", () => {
  const PEOPLE = CHUNK * 2 + 10;

  test("a job that ends early is gone on with, and everybody gets one", async () => {
    const { audienceId, contactIds } = await givenList(owner, PEOPLE);
    const id = await givenSendingCampaign(owner, { audienceId });
    await sendToAudience(id, clockThatStopsAfter(3));
    expect(await campaignRow(id)).toMatchObject({ status: "sending", recipients: CHUNK });
    await sendToAudience(id, now);
    const emails = await emailsOf(id);
    expect(emails.map(({ contactId }) => contactId)).toEqual(contactIds);
    expect((await campaignRow(id)).emailsMadeAt).not.toBeNull();
  });

  test("two workers at once make no email twice", async () => {
    const { audienceId, contactIds } = await givenList(owner, PEOPLE);
    const id = await givenSendingCampaign(owner, { audienceId });
    await Promise.all([sendToAudience(id, now), sendToAudience(id, now)]);
    await sendToAudience(id, now);
    const sent = (await emailsOf(id)).map(({ contactId }) => contactId);
    expect(sent.sort()).toEqual(contactIds);
    expect(await campaignRow(id)).toMatchObject({ status: "sending", recipients: PEOPLE });
  });

  test("a canceled campaign makes no further email", async () => {
    const { audienceId } = await givenList(owner, PEOPLE);
    const id = await givenSendingCampaign(owner, { audienceId });
    await sendToAudience(id, clockThatStopsAfter(3));
    const canceled = await cancelCampaign(viewOf(owner, "live"), id, now());
    expect(canceled.ok).toBe(true);
    await sendToAudience(id, now);
    expect(await emailsOf(id)).toHaveLength(CHUNK);
    expect((await campaignRow(id)).status).toBe("canceled");
  });

  test("a campaign is sent at its time and not before", async () => {
    const { audienceId } = await givenList(owner, 1);
    const id = await givenSendingCampaign(owner, { audienceId });
    const scheduledAt = new Date(now().getTime() + 60_000);
    await db().campaign.update({
      where: { id },
      data: { status: "scheduled", scheduledAt, startedAt: null },
    });
    await sendToAudience(id, now);
    expect(await emailsOf(id)).toHaveLength(0);
    await sendToAudience(id, () => new Date(scheduledAt.getTime() + 1));
    expect(await emailsOf(id)).toHaveLength(1);
  });
});

describe("a message beyond the limits of rendering", () => {
  const SLOW = "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}";

  test("is set aside once two people took all their time or memory, and says so", async () => {
    const { audienceId } = await givenList(owner, 10);
    const id = await givenSendingCampaign(owner, { audienceId, html: SLOW });
    await sendToAudience(id, now);
    expect(await campaignRow(id)).toMatchObject({
      status: "canceled",
      setAsideFor: "rendering",
      recipients: 2,
    });
    expect(await eventsOf(id, "failed")).toHaveLength(2);
    // Its job finds nothing left to do.
    await sendToAudience(id, now);
    expect(await campaignRow(id)).toMatchObject({ recipients: 2 });
  }, 60_000);

  test("for one person only leaves that one out", async () => {
    const { audienceId } = await givenList(owner, 5);
    const html = `Hi {% if contact.properties.n == 2 %}${SLOW}{% endif %}`;
    const id = await givenSendingCampaign(owner, { audienceId, html });
    await sendToAudience(id, now);
    expect(await campaignRow(id)).toMatchObject({
      setAsideFor: null,
      recipients: 5,
      emailsMadeAt: expect.any(Date),
    });
    expect(await eventsOf(id, "failed")).toHaveLength(1);
  }, 60_000);

  test.each([
    ["tags without an end", "{% for i in (1..60) %}<a ATTRIBUTE>{% endfor %}"],
    [
      "many links",
      "{% for i in (1..500) %}<a href='https://shop.example/{{ i }}'>x</a>{% endfor %}",
    ],
    ["half a megabyte of text", "{% for i in (1..60) %}ATTRIBUTE{% endfor %}"],
  ])(
    "or just within them, with %s, goes out to everybody",
    async (_, template) => {
      const { audienceId } = await givenList(owner, 30);
      const html = template.replace("ATTRIBUTE", "a".repeat(8_180));
      const id = await givenSendingCampaign(owner, { audienceId, html });
      await sendToAudience(id, now);
      expect(await campaignRow(id)).toMatchObject({
        recipients: 30,
        emailsMadeAt: expect.any(Date),
      });
      expect(await eventsOf(id, "failed")).toEqual([]);
    },
    60_000,
  );
});
