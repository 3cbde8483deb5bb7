import { beforeEach, expect, test } from "vitest";
import type { TestEmailInput } from "@/lib/mail/campaigns/schema";
import { sendTestEmail } from "@/lib/mail/campaigns/test-email";
import { listMemberEmails } from "@/lib/mail/emails/member-emails";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import { addDomain } from "@/lib/mail/sending-domains/member-domains";
import { addSuppression } from "@/lib/mail/suppressions/member-suppressions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { givenList } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
});

function message(values: Partial<TestEmailInput> = {}): TestEmailInput {
  return {
    from: "Acme <hello@acme.example>",
    replyTo: "help@acme.example, Bo <bo@acme.example>",
    subject: "For {{ contact.first_name }}",
    html: "<p>{{ contact.first_name }}</p>",
    text: "",
    environment: "live",
    ...values,
  };
}

test("a member gets the message as the contact of the preview would, and nothing is counted", async () => {
  const marketer = await givenColleague(owner, "marketer");
  const { audienceId } = await givenList(owner, 2);
  const sent = await sendTestEmail(
    marketer,
    message({ audienceId, search: "person-1" }),
    TEST_NOON,
  );
  expect(sent).toMatchObject({ ok: true });
  const email = await db().email.findFirstOrThrow({
    where: { workspaceId: owner.workspaceId },
    include: { content: true },
  });
  expect(email).toMatchObject({
    to: [marketer.email],
    replyTo: ["help@acme.example", "Bo <bo@acme.example>"],
    subject: "[Test] For Person 1",
    status: "queued",
    campaignId: null,
    contactId: null,
    trackOpens: false,
    trackClicks: false,
  });
  expect(email.content?.html).toMatch(/^<p>Person 1<\/p>.*\/t\/u\/eml_.*Unsubscribe/);
  expect(email.content?.headers).toEqual({});
  const page = await listMemberEmails(owner, emailsPageQuery.parse({}), "emails");
  expect(page).toMatchObject({
    value: { rows: [{ sender: { kind: "member", id: marketer.memberId, name: marketer.name } }] },
  });
});

test("it fails like the campaign would: for the sender, the message, who may not", async () => {
  const viewer = await givenColleague(owner, "viewer");
  expect(await sendTestEmail(viewer, message(), TEST_NOON)).toMatchObject({ code: "not_found" });
  expect(await sendTestEmail(owner, message({ html: "{% if %}" }), TEST_NOON)).toMatchObject({
    code: "template_error",
  });
  await addDomain(owner, { name: "acme.example" }, TEST_NOON);
  expect(await sendTestEmail(owner, message({ from: "a@b.example" }), TEST_NOON)).toMatchObject({
    fieldErrors: { from: [expect.stringContaining("b.example")] },
  });
  expect(await db().email.count({ where: { workspaceId: owner.workspaceId } })).toBe(0);
});

test("a member whose address is suppressed is told so", async () => {
  await addSuppression(owner, { email: owner.email, environment: "live", note: "Left" }, TEST_NOON);
  expect(await sendTestEmail(owner, message(), TEST_NOON)).toMatchObject({
    code: "conflict",
    message: expect.stringContaining(owner.email),
  });
});
