import { afterEach, expect, test, vi } from "vitest";
import { renderMessage } from "@/lib/mail/templates/render";
import { KILL_MS } from "@/lib/mail/templates/render-limits";

vi.setConfig({ testTimeout: 60_000 });

const hostile = { workspaceId: "wsp_hostile" };
const html = (template: string) => ({ subject: "x", html: template, text: "" });

/** An answer within the time a message may take, the start of a new process and a busy machine. */
const ANSWERED_MS = KILL_MS + 20_000;
/** The server's own event loop is never held up for longer: the rest is a busy machine. */
const LATENCY_MS = 1_500;

const HUGE = "x".repeat(200_000);
const HOSTILE: [name: string, template: string, variables: Record<string, unknown>][] = [
  ["an endless loop", `${"{% for i in (1..9999) %}".repeat(6)}${"{% endfor %}".repeat(6)}`, {}],
  [
    "strings that double",
    "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
    {},
  ],
  [
    "strings that double by capture",
    "{% capture s %}xxxxxxxxxx{% endcapture %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}",
    {},
  ],
  [
    "replacements that multiply",
    `{% assign s = 'aaaaaaaaaaaaaaaaaaaa' %}${"{% assign s = s | replace: 'a', 'aaaaaaaaaaaaaaaaaaaa' %}".repeat(12)}{{ s }}`,
    {},
  ],
  ["a huge range", "{% for i in (1..999999999999) %}x{% endfor %}", {}],
  ["a range as a value", "{{ (1..99999999) | join: ',' }}", {}],
  ["a table of a huge range", "{% tablerow i in (1..9999999) %}x{% endtablerow %}", {}],
  [
    "lists that double",
    "{% assign a = 'a,b,c,d' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}{{ a | size }}",
    {},
  ],
  ["a pattern's trap", "{{ s | strip_html }}", { s: "<!--<script<style".repeat(12_000) }],
  [
    "expressions tried on each",
    "{{ s | split: '' | where_exp: 'i', 'i == i' | group_by_exp: 'i', 'i' | size }}",
    { s: HUGE },
  ],
  [
    "sorting without an end",
    `{{ s | split: '' ${"| sort | reverse ".repeat(40)}| size }}`,
    { s: HUGE },
  ],
  ["padding by a date", "{{ 'now' | date: '%999999999d' }}", {}],
  ["tags in tags", `${"{% if true %}".repeat(9_000)}${"{% endif %}".repeat(9_000)}`, {}],
  ["an output without an end", `{{ ${"a.".repeat(60_000)}`, {}],
  ["a message that grows too long", "{% for i in (1..9999) %}{{ s }}{% endfor %}", { s: HUGE }],
];

let probe: ReturnType<typeof setInterval>;
afterEach(() => clearInterval(probe));

test.each(HOSTILE)("%s ends in time and holds nobody else up", async (_, template, variables) => {
  let worstMs = 0;
  let last = performance.now();
  probe = setInterval(() => {
    worstMs = Math.max(worstMs, performance.now() - last);
    last = performance.now();
  }, 5);
  const startedMs = performance.now();
  const attack = renderMessage(hostile, html(template), variables);
  const outcome = await attack;
  expect(performance.now() - startedMs).toBeLessThan(ANSWERED_MS);
  expect(worstMs).toBeLessThan(LATENCY_MS);
  // Some are harmless by now; none may have become a message without limit.
  if (outcome.ok) expect(outcome.value.html.length).toBeLessThan(1_000_000);
  else expect(outcome.message).not.toBe("");
  const next = await renderMessage({ workspaceId: "wsp_other" }, html("{{ a }}"), { a: "fine" });
  expect(next).toMatchObject({ ok: true, value: { html: "fine" } });
});

test("a workspace with five slow templates makes another wait for one of them", async () => {
  const slow = html("{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}");
  const order: string[] = [];
  const attacks = Array.from({ length: 5 }, async () => {
    await renderMessage(hostile, slow, {});
    order.push("slow");
  });
  const other = renderMessage({ workspaceId: "wsp_other" }, html("fine"), {}).then(() => {
    order.push("fine");
  });
  await Promise.all([...attacks, other]);
  expect(order.indexOf("fine")).toBe(1);
});
