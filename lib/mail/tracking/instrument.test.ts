import { describe, expect, test } from "vitest";
import { instrument, replaceLinks } from "@/lib/mail/tracking/instrument";
import { isSignedLink, signLink, unsubscribeAddress } from "@/lib/mail/tracking/signed-links";
import { cpuMs } from "@/lib/testing/cpu-time";

const EMAIL = "eml_01jd9zk4tqe8b9q3v5x7y2w1za";
const OTHER = "eml_01jd9zk4tqe8b9q3v5x7y2w1zb";
const marked = (url: string) => `[${url}]`;

const LINKS: [html: string, replaced: string][] = [
  ['<a href="https://a.example/?x=1&amp;y=2">', '<a href="[https://a.example/?x=1&amp;y=2]">'],
  ["<A class=x HREF='http://a.example'>", '<A class=x href="[http://a.example]">'],
  ["<a href=https://a.example/b>", '<a href="[https://a.example/b]">'],
  ['<a title="a > b" href="https://a.example">', '<a title="a > b" href="[https://a.example]">'],
  ['<a\nhref="https://a.example">x</a>', '<a\nhref="[https://a.example]">x</a>'],
];

const KEPT = [
  '<a href="mailto:a@example.com">',
  '<a href="#top">',
  '<a href="javascript:alert(1)">',
  '<a href="/relative">',
  '<abbr href="https://a.example">',
  '<img src="https://a.example/x.png">',
  "text with <a and no end",
  '<a data-note="href=https://a.example">',
];

test.each(LINKS)("a link to the web is replaced in %s", (html, replaced) => {
  expect(replaceLinks(html, marked)).toBe(replaced);
});

test.each(KEPT)("%s stays as it is", (html) => {
  expect(replaceLinks(html, marked)).toBe(html);
});

test("a stranger's HTML takes no longer than its length", () => {
  const traps = ["<a ", '<a href="', "<a href=x ", "<", "<a href='https://a.example' "];
  for (const trap of traps) {
    const html = trap.repeat(Math.ceil(256_000 / trap.length));
    const took = cpuMs(() => replaceLinks(html, marked));
    expect([trap, took < 2_000]).toEqual([trap, true]);
  }
});

describe("a message on its way", () => {
  test("counts clicks and the opening, and can be unsubscribed from", () => {
    const { html, text } = instrument(EMAIL, {
      html: '<html><body><a href="https://shop.example/sale">Sale</a></body></html>',
      text: "Sale",
    });
    expect(html).toContain(`/t/c/${EMAIL}/`);
    expect(html).toContain("?to=https%3A%2F%2Fshop.example%2Fsale");
    expect(html).toMatch(/<img src="http[^"]+\/t\/o\/[^"]+" alt="" .*><\/body>/);
    expect(html).toContain(`<a href="${unsubscribeAddress(EMAIL)}">Unsubscribe</a>`);
    expect(text).toBe(`Sale\n\nUnsubscribe: ${unsubscribeAddress(EMAIL)}\n`);
  });

  test("keeps the unsubscribe link that its template has", () => {
    const own = `<a href="${unsubscribeAddress(EMAIL)}">No more</a>`;
    const { html } = instrument(EMAIL, { html: own, text: "" });
    expect(html.startsWith(own)).toBe(true);
    expect(html.match(/Unsubscribe/g)).toBeNull();
  });
});

describe("a signature", () => {
  const url = "https://shop.example/sale";
  const signature = signLink({ purpose: "click", emailId: EMAIL, url });

  test("is good for its own link", () => {
    expect(isSignedLink({ purpose: "click", emailId: EMAIL, url }, signature)).toBe(true);
  });

  test.each([
    [
      "another address",
      { purpose: "click", emailId: EMAIL, url: "https://evil.example" },
      signature,
    ],
    ["another email", { purpose: "click", emailId: OTHER, url }, signature],
    ["another purpose", { purpose: "open", emailId: EMAIL, url }, signature],
    ["no email's id", { purpose: "click", emailId: `${EMAIL}\n`, url }, signature],
    ["an end cut off", { purpose: "click", emailId: EMAIL, url }, signature.slice(0, -1)],
    ["something added", { purpose: "click", emailId: EMAIL, url }, `${signature}A`],
    ["nothing", { purpose: "click", emailId: EMAIL, url }, ""],
  ] as const)("is none for %s", (_, link, given) => {
    expect(isSignedLink(link, given)).toBe(false);
  });
});
