import { beforeAll, describe, expect, test } from "vitest";
import { emailHash } from "@/lib/mail/address/email-hash";
import type { NewEmail } from "@/lib/mail/emails/queue-emails";
import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { queueIfClear } from "@/lib/mail/emails/queue-if-clear";
import type { MemberActor } from "@/lib/people/auth/actor";
import { pool } from "@/lib/platform/database/pool";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import type { SuppressionReason } from "@/prisma/generated/enums";

const NOON = new Date("2026-11-23T12:00:00.000Z");

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
  await suppress("bounced@example.com", "bounced");
  await suppress("out@example.com", "unsubscribed");
  // The form in which emails at international domains were stored once.
  await suppress("info@xn--bcher-kva.example", "complained");
});

async function suppress(email: string, reason: SuppressionReason, workspace = owner.workspaceId) {
  await db().suppression.create({
    data: {
      workspaceId: workspace,
      environment: "live",
      emailHash: emailHash(workspace, email),
      reason,
      email,
      createdAt: NOON,
    },
  });
}

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

async function traces(emailId: string) {
  const { rows } = await pool().query(
    `SELECT (SELECT count(*)::int FROM email WHERE id = $1) AS emails,
            (SELECT count(*)::int FROM email_content WHERE email_id = $1) AS contents,
            (SELECT count(*)::int FROM email_event WHERE email_id = $1) AS events,
            (SELECT count(*)::int FROM graphile_worker.jobs WHERE key = $2) AS jobs`,
    [emailId, deliveryKey(emailId)],
  );
  return rows[0];
}

const ALL = { emails: 1, contents: 1, events: 1, jobs: 1 };
const NOTHING = { emails: 0, contents: 0, events: 0, jobs: 0 };

describe("an email that nothing stands against", () => {
  test("is stored whole, with its contact, its first event and its job", async () => {
    const contactId = newId("con", NOON);
    await pool().query(
      `INSERT INTO contact (id, workspace_id, environment, email, created_at, updated_at)
       VALUES ($1, $2, 'live', 'kim@example.com', $3, $3)`,
      [contactId, owner.workspaceId, NOON],
    );
    const email = anEmail({ to: ["Kim <KIM@example.com>"], headers: { "X-Order": "17" } });
    expect(await queueIfClear(email, NOON)).toEqual({
      id: email.id,
      status: "queued",
      suppressed: [],
      recipients: 1,
    });
    expect(await traces(email.id)).toEqual(ALL);
    const stored = await db().email.findUniqueOrThrow({
      where: { id: email.id },
      include: { content: true },
    });
    expect(stored).toMatchObject({ contactId, status: "queued", to: ["Kim <KIM@example.com>"] });
    expect(stored.content).toMatchObject({
      html: "<p>Thank you</p>",
      headers: { "X-Order": "17" },
    });
    const events = await db().emailEvent.findMany({ where: { emailId: email.id } });
    expect(events).toMatchObject([{ contactId, type: "queued", first: true }]);
  });

  test("goes to no contact's history where it goes to several, or to nobody that is known", async () => {
    for (const to of [["kim@example.com", "bo@example.com"], ["stranger@example.com"]]) {
      const email = anEmail({ to });
      expect(await queueIfClear(email, NOON)).not.toBeNull();
      expect(await db().email.findUnique({ where: { id: email.id } })).toMatchObject({
        contactId: null,
      });
    }
  });
});

describe("an email that something stands against leaves nothing behind", () => {
  test.each<[string, Partial<NewEmail>]>([
    ["a recipient that bounced", { to: ["bounced@example.com"] }],
    ["one of several, in cc", { cc: ["Bounced@Example.com"] }],
    ["one in bcc", { bcc: ["bounced@example.com"] }],
    ["an international domain in its other form", { to: ["info@bücher.example"] }],
    [
      "who unsubscribed, where those are left out",
      { to: ["out@example.com"], skipUnsubscribed: true },
    ],
  ])("%s", async (_, values) => {
    const email = anEmail(values);
    expect(await queueIfClear(email, NOON)).toBeNull();
    expect(await traces(email.id)).toEqual(NOTHING);
  });

  test("who unsubscribed still gets a receipt", async () => {
    expect(await queueIfClear(anEmail({ to: ["out@example.com"] }), NOON)).not.toBeNull();
  });

  test("a domain that its workspace does not send from", async () => {
    const sender = await givenOwner();
    const from = (domain: string) =>
      anEmail({ workspaceId: sender.workspaceId, from: `Shop <shop@${domain}>` });
    expect(await queueIfClear(from("shop.example"), NOON)).not.toBeNull();
    await db().sendingDomain.create({
      data: {
        id: newId("dom", NOON),
        workspaceId: sender.workspaceId,
        name: "shop.example",
        createdAt: NOON,
      },
    });
    expect(await queueIfClear(from("SHOP.example"), NOON)).not.toBeNull();
    const other = from("mail.shop.example");
    expect(await queueIfClear(other, NOON)).toBeNull();
    expect(await traces(other.id)).toEqual(NOTHING);
  });
});

test("of emails that come at once, each has its own outcome and the suppressions of its own workspace", async () => {
  const stranger = await givenOwner();
  const emails = Array.from({ length: 40 }, (_, at) =>
    anEmail({
      to: [at % 2 ? "bounced@example.com" : `person${at}@example.com`],
      workspaceId: at % 4 === 1 ? stranger.workspaceId : owner.workspaceId,
    }),
  );
  const queued = await Promise.all(emails.map((email) => queueIfClear(email, NOON)));
  expect(queued.map((one) => one?.id ?? null)).toEqual(
    emails.map(({ id }, at) => (at % 4 === 3 ? null : id)),
  );
  const { rows } = await pool().query("SELECT id FROM email WHERE id = ANY($1)", [
    emails.map(({ id }) => id),
  ]);
  expect(rows).toHaveLength(30);
});
