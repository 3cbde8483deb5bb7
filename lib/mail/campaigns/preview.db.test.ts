import { beforeEach, expect, test } from "vitest";
import { previewMessage } from "@/lib/mail/campaigns/preview";
import type { PreviewInput } from "@/lib/mail/campaigns/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { givenList } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let stranger: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
  stranger = await givenOwner();
});

async function preview(actor: MemberActor, values: Partial<PreviewInput> = {}) {
  const input: PreviewInput = {
    subject: "For {{ contact.first_name }}",
    html: "<p>{{ contact.first_name }}</p>",
    text: "",
    environment: "live",
    sentBy: "key",
    ...values,
  };
  return await previewMessage(actor, input, TEST_NOON);
}

async function shownFor(actor: MemberActor, values: Partial<PreviewInput> = {}) {
  const shown = await preview(actor, values);
  return shown.ok ? shown.value.contactEmail : shown.code;
}

test("a message is shown to a viewer as a contact would get it, with all it may speak of", async () => {
  const { audienceId, contactIds } = await givenList(owner, 3);
  await db().contactEventCount.create({
    data: {
      workspaceId: owner.workspaceId,
      environment: "live",
      contactId: contactIds[1] ?? "",
      name: "signed up",
      count: 2,
      lastAt: TEST_NOON,
      lastPayload: {},
    },
  });
  const viewer = await givenColleague(owner, "viewer");
  expect(await preview(viewer, { audienceId, search: "person-1" })).toEqual({
    ok: true,
    value: {
      message: { subject: "For Person 1", html: "<p>Person 1</p>", text: "Person 1" },
      contactEmail: "person-1@example.com",
      variables: [
        "contact.email",
        "contact.first_name",
        "contact.last_name",
        "contact.properties.n",
        'events["signed up"].count',
        'events["signed up"].last.at',
        'events["signed up"].last.payload',
      ],
      sampled: [],
    },
  });
});

test("a campaign's message is shown with the way to unsubscribe that every reader gets", async () => {
  const shown = await preview(owner, { sentBy: "campaign" });
  const message = shown.ok ? shown.value.message : null;
  expect(message?.html).toMatch(/^<p>Ada<\/p><p.*>Unsubscribe<\/a><\/p>$/);
  expect(message?.text).toMatch(/^Ada\n\nUnsubscribe \[http.+\]$/);
  const own = { html: '<a href="{{ unsubscribe_url }}">No more</a>', text: "Hi" } as const;
  const kept = await preview(owner, { sentBy: "campaign", ...own });
  expect(kept.ok && kept.value.message.html.match(/Unsubscribe/)).toBeNull();
  expect(kept).toMatchObject({ value: { message: { text: /^Hi\n\nUnsubscribe: http/ } } });
});

test("it is shown for somebody of the audience, else of all, else for an invented person", async () => {
  expect(await preview(owner)).toMatchObject({
    value: { message: { subject: "For Ada" }, contactEmail: null },
  });
  const { audienceId } = await givenList(owner, 2);
  const outside = { email: "outside@example.com", firstName: "Outside" };
  const times = { createdAt: TEST_NOON, updatedAt: TEST_NOON };
  const place = { workspaceId: owner.workspaceId, environment: "live", ...times } as const;
  // Ids are by time: this one comes first where nothing narrows the list.
  const id = "con_7zzzzzzzzzzzzzzzzzzzzzzzzz";
  await db().contact.create({ data: { id, ...outside, ...place } });
  expect(await shownFor(owner)).toBe("outside@example.com");
  expect(await shownFor(owner, { audienceId })).toBe("person-1@example.com");
  expect(await shownFor(owner, { audienceId, search: "outside" })).toBeNull();
  expect(await shownFor(owner, { audienceId: "aud_gone" })).toBe("outside@example.com");
});

test("nobody of another workspace or environment is ever shown", async () => {
  const { audienceId } = await givenList(stranger, 2);
  const inTest = await givenList(owner, 1, "test");
  expect(await shownFor(owner)).toBeNull();
  expect(await shownFor(owner, { search: "person" })).toBeNull();
  expect(await shownFor(owner, { audienceId })).toBeNull();
  expect(await shownFor(owner, { audienceId: inTest.audienceId })).toBeNull();
  expect(await shownFor(owner, { environment: "test" })).toBe("person-0@example.com");
});

test("what only tools know is shown by its name in a template, and is an error in a campaign", async () => {
  const html =
    "{{ number }} {{ order.total }} {% for item in order.items %}{{ item.name }}{% endfor %}";
  expect(await preview(owner, { html })).toMatchObject({
    value: {
      message: { html: "[number] [order.total] [order.items.name]" },
      sampled: ["number", "order.total", "order.items"],
    },
  });
  expect(await preview(owner, { html, sentBy: "campaign" })).toMatchObject({
    message: expect.stringContaining("“number” is not known here."),
  });
});

test.each(["{% if %}", "{{ contact.shoe_size }}"])(
  "%s cannot be shown, and why is said",
  async (html) => {
    expect(await preview(owner, { html })).toMatchObject({ code: "template_error" });
  },
);
