import { describe, expect, test, vi } from "vitest";
import { checkMessage, renderMessage, renderSample } from "@/lib/mail/templates/render";
import { renderMessages } from "@/lib/mail/templates/render-batch";

// A process that was killed is replaced by a new one, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000 });

const owner = { workspaceId: "wsp_one" };
const contact = { email: "ada@example.com", first_name: "Ada", properties: { plan: "pro" } };

const html = (template: string) => ({ subject: "Hello", html: template, text: "" });

const RENDERED: [template: string, rendered: string][] = [
  ["Hi {{ contact.first_name }}", "Hi Ada"],
  ["{{ contact.properties.plan | upcase }}", "PRO"],
  ["{{ contact.last_name | default: 'friend' }}", "friend"],
  ["{% if contact.properties.city %}city{% else %}no city{% endif %}", "no city"],
  ["{{ events.viewed.count | default: 0 }}", "0"],
  ["{% for i in (1..3) %}{{ i }}{% endfor %}", "123"],
  ["{{ '2026-11-24T23:30:00Z' | date: '%d %b %H:%M' }}", "24 Nov 23:30"],
];

test.each(RENDERED)("%s becomes %s", async (template, rendered) => {
  const outcome = await renderMessage(owner, html(template), { contact });
  expect(outcome).toMatchObject({ ok: true, value: { html: rendered } });
});

test("a contact's name is markup in no HTML, and stands as it is in subject and text", async () => {
  const name = '<img src=x onerror=alert(1)> & "Co"';
  const message = { subject: "{{ n }}", html: "<p title='{{ n }}'>", text: "{{ n }}" };
  const outcome = await renderMessage(owner, message, { n: name });
  expect(outcome).toEqual({
    ok: true,
    value: {
      subject: name,
      html: "<p title='&lt;img src=x onerror=alert(1)&gt; &amp; &#34;Co&#34;'>",
      text: name,
    },
  });
});

test("a name with line breaks leaves the subject one line", async () => {
  const message = { subject: "Hi {{ n }}", html: "x", text: "" };
  const outcome = await renderMessage(owner, message, { n: "Ada\r\nBcc: eve@example.com" });
  expect(outcome).toMatchObject({ ok: true, value: { subject: "Hi Ada Bcc: eve@example.com" } });
});

test.each([
  [{ subject: "{{ contact.nick | default: '' }}", html: "Hi", text: "" }, "The subject"],
  [{ subject: "Hi", html: "{% if contact.nick %}Hi{% endif %}\n", text: " " }, "The HTML"],
])("a message of which nothing is left is refused: %j", async (message, part) => {
  expect(await renderMessage(owner, message, { contact })).toMatchObject({
    code: "template_error",
    message: `${part}: Nothing is left of it for this contact.`,
  });
});

test("a text of nothing but spaces is none", async () => {
  const message = { subject: "", html: "<p>Hi</p>", text: " \n" };
  expect(await renderMessage(owner, message, { contact })).toMatchObject({ value: { text: "" } });
});

const REFUSED: [template: string, message: string][] = [
  [
    "one\ntwo {{ contact.frist_name }}",
    "Line 2 of the HTML: “contact.frist_name” is not known here.",
  ],
  ["{{ contact.email | shout }}", "Line 1 of the HTML: There is no filter called “shout”."],
  ["{% include 'secrets' %}", "“include” cannot be used"],
  ["{% render '/etc/passwd' %}", "“render” cannot be used"],
  ["{% layout 'x' %}", "“layout” cannot be used"],
  ["a\nb\n{{ contact.email", "Line 3 of the HTML: “{{ contact.email” is not closed."],
  ["{% if contact %}", "is not closed"],
  ["{% endif %}", "“endif” ends nothing here."],
  ["{% shout %}", "There is no tag called “shout”."],
  ["{% if %}x{% endif %}", "A value is missing or misspelt."],
  ["{{ contact.constructor }}", "“contact.constructor” is not known here."],
  ["{{ contact.__proto__.x }}", "“contact.__proto__” is not known here."],
];

test.each(REFUSED)("%s is refused in plain words", async (template, message) => {
  const outcome = await renderMessage(owner, html(template), { contact });
  expect(outcome).toMatchObject({ ok: false, code: "template_error" });
  expect(outcome.ok ? "" : outcome.message).toContain(message);
  expect(outcome.ok ? {} : outcome.fieldErrors).toHaveProperty("html");
});

test("an error names the part it stands in", async () => {
  const message = { subject: "{{ nobody }}", html: "x", text: "" };
  const outcome = await renderMessage(owner, message, {});
  expect(outcome).toMatchObject({ fieldErrors: { subject: [expect.stringContaining("Line 1")] } });
});

test("checking finds what is no Liquid, and lets a contact's fields be", async () => {
  expect(await checkMessage(owner, html("{{ contact.anything }}"))).toEqual({
    ok: true,
    value: null,
  });
  expect(await checkMessage(owner, html("{{ contact. "))).toMatchObject({ code: "template_error" });
});

describe("of many recipients", () => {
  test("each gets their own, in their order", async () => {
    const people = Array.from({ length: 1_000 }, (_, at) => ({ contact: { n: at } }));
    const outcomes = await renderMessages(owner, html("<b>{{ contact.n }}</b>"), people);
    const expected = people.map(({ contact: { n } }) => `<b>${n}</b>`);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.html)).toEqual(expected);
  });

  test("one whose data is missing fails alone", async () => {
    const people = [{ contact }, { contact: { email: "b@example.com" } }, { contact }];
    const outcomes = await renderMessages(owner, html("{{ contact.first_name }}"), people);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  });

  test("one whose data makes the template slow fails alone", async () => {
    const template = "{% for i in (1..n) %}{% for j in (1..n) %}{% endfor %}{% endfor %}done";
    const people = [{ n: 1 }, { n: 9_999 }, { n: 2 }];
    const outcomes = await renderMessages(owner, html(template), people);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  });

  test("a template that is no Liquid fails for everybody at once", async () => {
    const outcomes = await renderMessages(owner, html("{{"), [{}, {}]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false]);
  });
});

describe("a sample", () => {
  const shown = async (template: string) => {
    const outcome = await renderSample(owner, html(template), { contact });
    return outcome.ok ? outcome.value.message.html : outcome.message;
  };

  test.each([
    ["{{ order }} {{ order.items[0].name }}", "[order] [order.items.0.name]"],
    ["{% for item in items %}<{{ item.name }}>{% endfor %}", "<[items.name]>"],
    ["{{ prices[contact.email] | upcase }}", "[prices.ada@example.com]"],
    [
      "{{ total | round: 2 | times: 100 }} {{ at | date: '%d' }} {{ list | size }}",
      "[total] [at] [list]",
    ],
    ["{{ items | where: 'gift', true | map: 'name' | join: ', ' }}", "[items]"],
    ["{% if items == empty %}none{% endif %}{{ items.constructor }}", "[items.constructor]"],
    ["{% assign x = 1 %}{{ x }}{% if paid %}y{% endif %}", "1y"],
    ["{{ __proto__.polluted }}", "[__proto__.polluted]"],
    ["{{ contact.frist_name }}", "“contact.frist_name” is not known here"],
  ])("of %s is %s", async (template, expected) => {
    expect(await shown(template)).toContain(expected);
  });

  test("changes nothing for the next", async () => {
    await shown("{{ __proto__.polluted }}");
    expect(await shown("{{ contact.polluted }}")).toContain("is not known here");
  });
});
