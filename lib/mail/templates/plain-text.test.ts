import { expect, test, vi } from "vitest";
import { plainTextOf } from "@/lib/mail/templates/plain-text";
import { KILL_MS } from "@/lib/mail/templates/render-limits";

// A process that was killed is replaced by a new one, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000 });

const owner = { workspaceId: "wsp_one" };

const PLAIN: [html: string, text: string | null][] = [
  ["<h1>Hello Ada</h1><p>Your <b>order</b> &amp; more</p>", "Hello Ada\n\nYour order & more"],
  ['<p><a href="https://a.example/?x=1&amp;y=2">Buy</a></p>', "Buy [https://a.example/?x=1&y=2]"],
  ['<a href="https://a.example">https://a.example</a>', "https://a.example"],
  ["<ul><li>one</li><li>two</li></ul>", "* one\n * two"],
  ['<style>p{}</style><img src="https://a.example/t.png" alt=""><p>Hi</p>', "Hi"],
  [
    "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>5.00</td></tr></table>",
    "Item Price\nTea 5.00",
  ],
  ['<img src="https://a.example/t.png" alt="">', null],
  [`<p>${"x".repeat(600_000)}</p>`, null],
];

test.each(PLAIN)("%.60s says its text", async (html, text) => {
  expect(await plainTextOf(owner, html)).toBe(text);
});

test("HTML that keeps a parser busy takes no longer than a template may, and the next is read", async () => {
  await plainTextOf(owner, "<p>Hi</p>");
  const startedMs = performance.now();
  await plainTextOf(owner, "<ul><li>".repeat(64_000));
  expect(performance.now() - startedMs).toBeLessThan(2 * KILL_MS);
  expect(await plainTextOf(owner, "<p>Hi</p>")).toBe("Hi");
});
