import { beforeAll, describe, expect, test } from "vitest";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { getEmailDetails, getEmailSource, listMemberEmails } from "@/lib/mail/emails/member-emails";
import { type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import { getRenderedEmail } from "@/lib/mail/emails/rendered-email";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenPlainKey } from "@/lib/testing/activity-records";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let stranger: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
  stranger = await givenOwner();
});

async function givenEmail(values: Partial<NewEmail> = {}): Promise<string> {
  const id = newId("eml", TEST_NOON);
  const email: NewEmail = {
    id,
    workspaceId: owner.workspaceId,
    environment: "live",
    from: "shop@example.com",
    to: ["Anna <anna@example.com>"],
    subject: "Your order",
    html: "<p>Hi</p>",
    ...values,
  };
  await transact((tx) => queueEmails(tx, [email], TEST_NOON));
  return id;
}

/** A picture of so many bytes, by the name that the HTML has for it. */
function picture(contentId: string, bytes: number) {
  const content = new Uint8Array(bytes);
  return { filename: `${contentId}.png`, contentType: "image/png", contentId, content };
}

async function idsOf(query: object, bag: "emails" | "outbox" = "emails", actor = owner) {
  const page = await listMemberEmails(actor, emailsPageQuery.parse(query), bag);
  return page.ok ? page.value.rows.map(({ id }) => id) : null;
}

test("emails are listed by environment, status, sender and recipient, and the Outbox by itself", async () => {
  const { keyId } = await givenPlainKey(owner, "Web shop");
  const first = await givenEmail({ keyId, cc: ["bo@example.com"] });
  const second = await givenEmail();
  const inTest = await givenEmail({ environment: "test" });
  await deliverEmail(second, () => TEST_NOON, null);
  expect(await idsOf({})).toEqual([second, first]);
  expect(await idsOf({ environment: "test" })).toEqual([inTest]);
  expect(await idsOf({ status: "queued" })).toEqual([first]);
  expect(await idsOf({ sender: keyId })).toEqual([first]);
  expect(await idsOf({ recipient: "Bo@Example.com" })).toEqual([first]);
  expect(await idsOf({ recipient: "nobody" })).toEqual([]);
  expect(await idsOf({}, "outbox")).toEqual([second]);
  expect(await idsOf({}, "emails", stranger)).toEqual([]);
  const page = await listMemberEmails(owner, emailsPageQuery.parse({}), "emails");
  expect(page.ok && page.value.rows.map(({ sender }) => sender)).toEqual([
    null,
    { kind: "key", id: keyId, name: "Web shop" },
  ]);
});

describe("one email", () => {
  test("is shown with what happened to it, to its workspace alone", async () => {
    const id = await givenEmail();
    const found = await getEmailDetails(owner, { id });
    expect(found).toMatchObject({ ok: true, value: { id, events: [{ type: "queued" }] } });
    expect(await getEmailDetails(stranger, { id })).toMatchObject({ code: "not_found" });
    expect(await getRenderedEmail(stranger, { id })).toMatchObject({ code: "not_found" });
    expect(await getEmailSource(stranger, { id })).toMatchObject({ code: "not_found" });
  });

  test("is rendered with the pictures that it carries, and text as text", async () => {
    const html = '<img src="cid:logo"><img src="cid:other">';
    const rendered = await getRenderedEmail(owner, {
      id: await givenEmail({ html, attachments: [picture("logo", 3)] }),
    });
    expect(rendered).toMatchObject({
      value: '<img src="data:image/png;base64,AAAA"><img src="cid:other">',
    });
    const text = await getRenderedEmail(owner, {
      id: await givenEmail({ html: null, text: "<b>1 & 2</b>" }),
    });
    expect(text.ok && text.value).toContain("&lt;b>1 &amp; 2&lt;/b>");
  });

  test("shows as many pictures as its limit allows, and counts those that it leaves out", async () => {
    const attachments = [picture("large", 600_000), picture("small", 10)];
    const many = "cid:large ".repeat(200_000);
    const id = await givenEmail({ html: `${many}<img src="cid:small">`, attachments });
    const rendered = await getRenderedEmail(owner, { id });
    const html = rendered.ok ? rendered.value : "";
    expect(html.match(/data:image/g)).toHaveLength(9);
    expect(html).toContain('cid:large <img src="data:image/png;base64,');
    expect(html.length).toBeLessThan(9_000_000);
    expect(await getEmailDetails(owner, { id })).toMatchObject({
      value: { picturesLeftOut: 199_992 },
    });
  });

  test("whose pictures fit leaves none out", async () => {
    const html = '<img src="cid:a"><img src="cid:b"><img src="cid:a">';
    const id = await givenEmail({ html, attachments: [picture("a", 10), picture("b", 1_000_000)] });
    expect(await getEmailDetails(owner, { id })).toMatchObject({ value: { picturesLeftOut: 0 } });
    const rendered = await getRenderedEmail(owner, { id });
    const shown = rendered.ok ? rendered.value : "";
    expect(shown).not.toContain("cid:");
    expect(shown).not.toContain("\n");
  });

  test("is kept byte for byte: its source is the same each time", async () => {
    const id = await givenEmail({ text: "Hi" });
    const [one, other] = [await getEmailSource(owner, { id }), await getEmailSource(owner, { id })];
    expect(one).toEqual(other);
    expect(one.ok && one.value.toString()).toContain(`Message-ID: <${id}@example.com>`);
  });
});

test("a member cancels an email that waits for its time, once, and it is audited", async () => {
  const scheduledAt = later(TEST_NOON, DAY_MS);
  const id = await givenEmail({ scheduledAt });
  const marketer = await givenColleague(owner, "marketer");
  const viewer = await givenColleague(owner, "viewer");
  for (const actor of [viewer, stranger]) {
    expect(await cancelMemberEmail(actor, { id }, TEST_NOON)).toMatchObject({ code: "not_found" });
  }
  expect(await cancelMemberEmail(marketer, { id }, TEST_NOON)).toMatchObject({ ok: true });
  expect(await cancelMemberEmail(marketer, { id }, TEST_NOON)).toMatchObject({ code: "conflict" });
  const details = await getEmailDetails(owner, { id });
  expect(details.ok && details.value.events.map(({ type }) => type)).toEqual([
    "scheduled",
    "canceled",
  ]);
  await deliverEmail(id, () => scheduledAt, null);
  expect(await idsOf({ status: "canceled" })).toEqual([id]);
  const audited = await db().auditEvent.findMany({ where: { targetId: id } });
  expect(audited).toMatchObject([{ action: "email.canceled", actorId: marketer.memberId }]);
});

test("an email without a text shows the one that is made from its HTML, one with an empty text none", async () => {
  const textOf = async (id: string) => {
    const details = await getEmailDetails(owner, { id });
    return details.ok ? details.value.text : "?";
  };
  expect(await textOf(await givenEmail())).toBe("Hi");
  expect(await textOf(await givenEmail({ text: "Hello" }))).toBe("Hello");
  expect(await textOf(await givenEmail({ text: "" }))).toBeNull();
  expect(await textOf(await givenEmail({ html: null, text: "Hello" }))).toBe("Hello");
});
