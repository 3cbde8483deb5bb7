import { beforeAll, describe, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import { linkHash } from "@/lib/mail/emails/campaign-counts";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { deliveryKey, type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";

const NOON = new Date("2026-11-23T12:00:00.000Z");

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

function anEmail(values: Partial<NewEmail> = {}): NewEmail {
  return {
    id: newId("eml", NOON),
    workspaceId: owner.workspaceId,
    environment: "live",
    from: "Shop <shop@example.com>",
    to: ["anna@example.com"],
    subject: "Your order",
    html: "<p>Thank you</p>",
    ...values,
  };
}

async function queue(emails: readonly NewEmail[], now = NOON) {
  return await transact((tx) => queueEmails(tx, emails, now));
}

async function record(
  ...args: Parameters<typeof recordEmailEvents> extends [unknown, ...infer R] ? R : never
) {
  return await transact((tx) => recordEmailEvents(tx, ...args));
}

async function eventsOf(emailId: string) {
  const rows = await db().emailEvent.findMany({ where: { emailId }, orderBy: { id: "asc" } });
  return rows.map(({ type, first }) => `${type}${first ? "" : " again"}`);
}

async function jobOf(emailId: string) {
  const { rows } = await pool().query("SELECT run_at FROM graphile_worker.jobs WHERE key = $1", [
    deliveryKey(emailId),
  ]);
  return rows[0] ?? null;
}

describe("queueing emails", () => {
  test("a campaign's emails stand behind those that are sent one by one", async () => {
    const campaign = anEmail({ campaignId: newId("cmp", NOON) });
    const receipt = anEmail();
    await queue([campaign]);
    await queue([receipt], later(NOON, MINUTE_MS));
    const { rows } = await pool().query(
      "SELECT key FROM graphile_worker.jobs WHERE key = ANY($1) ORDER BY priority, run_at",
      [[deliveryKey(campaign.id), deliveryKey(receipt.id)]],
    );
    expect(rows.map(({ key }) => key)).toEqual([deliveryKey(receipt.id), deliveryKey(campaign.id)]);
  });

  test("an email is stored whole, with its first event and the job that delivers it", async () => {
    const email = anEmail({
      cc: ["Bo <bo@example.com>"],
      replyTo: ["help@example.com"],
      headers: { "X-Order": "17" },
      tags: [{ name: "kind", value: "order" }],
      text: "Thank you",
      attachments: [
        {
          filename: "bill.pdf",
          contentType: "application/pdf",
          contentId: null,
          content: new Uint8Array([0, 255, 1]),
        },
      ],
    });
    expect(await queue([email])).toEqual([
      { id: email.id, status: "queued", suppressed: [], recipients: 2 },
    ]);
    const stored = await db().email.findUniqueOrThrow({
      where: { id: email.id },
      include: { content: true, attachments: true },
    });
    expect(stored).toMatchObject({
      from: "Shop <shop@example.com>",
      to: ["anna@example.com"],
      cc: ["Bo <bo@example.com>"],
      bcc: [],
      replyTo: ["help@example.com"],
      subject: "Your order",
      status: "queued",
      createdAt: NOON,
      scheduledAt: null,
      tags: [{ name: "kind", value: "order" }],
      content: { html: "<p>Thank you</p>", text: "Thank you", headers: { "X-Order": "17" } },
    });
    expect([...(stored.attachments[0]?.content ?? [])]).toEqual([0, 255, 1]);
    expect(await eventsOf(email.id)).toEqual(["queued"]);
    expect(await jobOf(email.id)).not.toBeNull();
  });

  test("one that is scheduled waits until its time", async () => {
    const scheduledAt = later(NOON, 90 * MINUTE_MS);
    const email = anEmail({ scheduledAt });
    expect(await queue([email])).toMatchObject([{ status: "scheduled" }]);
    expect(await eventsOf(email.id)).toEqual(["scheduled"]);
    expect(await jobOf(email.id)).toEqual({ run_at: scheduledAt });
  });

  test("who is suppressed gets nothing, in this environment alone, and it says why", async () => {
    const { workspaceId } = owner;
    await db().suppression.createMany({
      data: (["bounced", "manual"] as const).map((reason) => ({
        workspaceId,
        environment: "live" as const,
        reason,
        createdAt: NOON,
        emailHash: emailHash(workspaceId, "gone@example.com"),
      })),
    });
    const alone = anEmail({ to: ["Gone <GONE@example.com>"] });
    const among = anEmail({ to: ["anna@example.com"], bcc: ["gone@example.com"] });
    const inTest = anEmail({ to: ["gone@example.com"], environment: "test" });
    const suppressed = [{ email: "gone@example.com", reason: "bounced" }];
    expect(await queue([alone, among, inTest])).toEqual([
      { id: alone.id, status: "suppressed", suppressed, recipients: 0 },
      { id: among.id, status: "queued", suppressed, recipients: 1 },
      { id: inTest.id, status: "queued", suppressed: [], recipients: 1 },
    ]);
    expect(await eventsOf(alone.id)).toEqual(["suppressed"]);
    expect(await jobOf(alone.id)).toBeNull();
    expect(await eventsOf(among.id)).toEqual(["queued", "suppressed"]);
    const event = await db().emailEvent.findFirst({
      where: { emailId: among.id, type: "suppressed" },
    });
    expect(event?.detail).toEqual({ recipients: ["gone@example.com"], reason: "bounced" });
  });

  test("nothing is left of a thousand emails whose transaction is undone", async () => {
    const emails = Array.from({ length: 1_000 }, (_, at) =>
      anEmail({ to: [`p${at}@example.com`] }),
    );
    const undone = transact(async (tx) => {
      await queueEmails(tx, emails, NOON);
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect(await db().email.count({ where: { id: emails[0]?.id ?? "" } })).toBe(0);
    expect(await jobOf(emails[0]?.id ?? "")).toBeNull();
  });
});

describe("recording what happens to emails", () => {
  test("an email goes on and never back, and the first of a type is marked", async () => {
    const email = anEmail();
    await queue([email]);
    const opened = later(NOON, MINUTE_MS);
    await record([{ emailId: email.id, type: "opened", at: opened }], opened);
    await record(
      [
        { emailId: email.id, type: "delivered" },
        { emailId: email.id, type: "opened" },
        { emailId: email.id, type: "clicked", detail: { url: "https://example.com/a" } },
        { emailId: "eml_gone", type: "opened" },
      ],
      later(NOON, 2 * MINUTE_MS),
    );
    expect(await eventsOf(email.id)).toEqual([
      "queued",
      "opened",
      "delivered",
      "opened again",
      "clicked",
    ]);
    const stored = await db().email.findUniqueOrThrow({ where: { id: email.id } });
    expect(stored).toMatchObject({ status: "clicked", openedAt: opened });
    expect(stored.clickedAt).toEqual(later(NOON, 2 * MINUTE_MS));
  });

  test("what concerns only some recipients leaves the email where it is", async () => {
    const email = anEmail();
    await queue([email]);
    await record([{ emailId: email.id, type: "bounced", moves: false }], NOON);
    expect(await db().email.findUnique({ where: { id: email.id } })).toMatchObject({
      status: "queued",
    });
  });

  test("ten readers at once are counted one by one: one of them is first", async () => {
    const email = anEmail({ campaignId: newId("cmp", NOON) });
    await queue([email]);
    const recordings = Array.from({ length: 10 }, () =>
      record([{ emailId: email.id, type: "opened" }], NOON),
    );
    const recorded = await Promise.all(recordings);
    expect(recorded.flat().filter(({ first }) => first)).toHaveLength(1);
    const hours = await db().campaignHour.findMany({
      where: { campaignId: email.campaignId ?? "", type: "opened" },
    });
    expect(hours).toMatchObject([{ hour: NOON, total: 10, firsts: 1 }]);
  });

  test("a campaign's hours, links and contacts are counted with the events", async () => {
    const campaignId = newId("cmp", NOON);
    const contact = await db().contact.create({
      data: {
        id: newId("con", NOON),
        workspaceId: owner.workspaceId,
        environment: "live",
        email: "reader@example.com",
        createdAt: NOON,
        updatedAt: NOON,
      },
    });
    const [one, other] = [
      anEmail({ campaignId, contactId: contact.id }),
      anEmail({ campaignId, to: ["bo@example.com"] }),
    ];
    await queue([one, other]);
    const url = "https://shop.example/sale";
    const click = (emailId: string) => ({ emailId, type: "clicked" as const, detail: { url } });
    await record([click(one.id), click(one.id), click(other.id)], later(NOON, MINUTE_MS));
    await record([click(one.id)], later(NOON, 61 * MINUTE_MS));
    const hours = await db().campaignHour.findMany({
      where: { campaignId },
      orderBy: [{ hour: "asc" }, { type: "asc" }],
    });
    expect(hours.map(({ type, total, firsts }) => [type, total, firsts])).toEqual([
      ["queued", 2, 2],
      ["clicked", 3, 2],
      ["clicked", 1, 0],
    ]);
    expect(await db().campaignLink.findMany({ where: { campaignId } })).toEqual([
      { campaignId, url, urlHash: linkHash(url), clicks: 4, uniqueClicks: 2 },
    ]);
    expect(await db().contact.findUnique({ where: { id: contact.id } })).toMatchObject({
      lastClickedAt: later(NOON, 61 * MINUTE_MS),
      lastOpenedAt: null,
      updatedAt: NOON,
    });
  });
});
