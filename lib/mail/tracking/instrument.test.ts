import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { renderCopies } from "@/lib/mail/templates/render-batch";
import type { Ending } from "@/lib/mail/templates/render-limits";
import { countClicks, replaceLinks, trackedEnding } from "@/lib/mail/tracking/instrument";
import { isSignedLink, signLink, unsubscribeUrl } from "@/lib/mail/tracking/signed-links";

const EMAIL = "eml_01jd9zk4tqe8b9q3v5x7y2w1za";
const OTHER = "eml_01jd9zk4tqe8b9q3v5x7y2w1zb";
const OWNER = { workspaceId: "wsp_one" };
const marked = (url: string) => `[${url}]`;

const NOTHING: Ending = {
  unsubscribe: "",
  footer: { html: "", text: "" },
  picture: "",
  linkChars: 0,
};
const PICTURE: Ending = { ...NOTHING, picture: "PICTURE" };

// A busy machine starts the process that renders slowly.
vi.setConfig({ testTimeout: 60_000 });

/** The HTML goes through the process that renders, as every mail does. */
async function copyOf({ html, text = "" }: { html: string; text?: string }, ending: Ending) {
  const message = { subject: "x", html: "{{ html | raw }}", text: "{{ text }}" };
  const copies = await renderCopies(OWNER, message, [{ variables: { html, text }, ending }]);
  const [copy] = copies.outcomes;
  if (!copy?.ok) throw new Error(copy?.message);
  return copy.value;
}

async function linksReplaced(html: string): Promise<string> {
  return replaceLinks(await copyOf({ html }, NOTHING), marked);
}

async function instrument(emailId: string, message: { html: string; text: string }) {
  const copy = await copyOf(message, trackedEnding(emailId));
  return { html: countClicks(emailId, copy), text: copy.text };
}

const LINKS: [html: string, replaced: string][] = [
  ['<a href="https://a.example/?x=1&amp;y=2">', '<a href="[https://a.example/?x=1&amp;y=2]">'],
  ["<A class=x HREF='http://a.example'>", '<A class=x href="[http://a.example]">'],
  ["<a href=https://a.example/b>", '<a href="[https://a.example/b]">'],
  ['<a title="a > b" href="https://a.example">', '<a title="a > b" href="[https://a.example]">'],
  ['<a\nhref="https://a.example">x</a>', '<a\nhref="[https://a.example]">x</a>'],
  ["İİ <a href=https://a.example/İ>İ</a>", 'İİ <a href="[https://a.example/İ]">İ</a>'],
  [
    "<!-- it's --><a href='https://a.example'>x</a>",
    '<!-- it\'s --><a href="[https://a.example]">x</a>',
  ],
  [
    "We <3 tea, it's great: <a href='https://a.example'>x</a>",
    'We <3 tea, it\'s great: <a href="[https://a.example]">x</a>',
  ],
  ['<a href="https://a.example/?x&#038;y">', '<a href="[https://a.example/?x&amp;y]">'],
  ['<a href="https://a.example/?x&#x26;y">', '<a href="[https://a.example/?x&amp;y]">'],
  [
    '<a href="https://a.example/?x=1&#38;y&#X26;z">',
    '<a href="[https://a.example/?x=1&amp;y&amp;z]">',
  ],
  ['<a href="https://a.example/&#246;?&#x1F375;">', '<a href="[https://a.example/ö?🍵]">'],
  ['<a href="&#104;ttps://a.example">', '<a href="[https://a.example]">'],
  ['<a href="https://a.example/&auml;&#252">', '<a href="[https://a.example/äü]">'],
  ["<a href=https://a.example/скидка/чай>", '<a href="[https://a.example/скидка/чай]">'],
  ["<a href='https://größe.example/🍵'>", '<a href="[https://größe.example/🍵]">'],
  [
    "<a class=x href=https://a.example/?a=b&c target=_blank>",
    '<a class=x href="[https://a.example/?a=b&amp;c]" target=_blank>',
  ],
  [
    "<!--[if gte mso 9]><a href=https://a.example>x</a><![endif]--> it's İ <a href=https://b.example>",
    '<!--[if gte mso 9]><a href="[https://a.example]">x</a><![endif]--> it\'s İ <a href="[https://b.example]">',
  ],
  ['<a href="https://a.example/?x&copy=1">', '<a href="[https://a.example/?x&amp;copy=1]">'],
  ['<a href="https://a.example/&quot;">', '<a href="[https://a.example/&quot;]">'],
  ["<a href=https://a.example/b/>x</a>", '<a href="[https://a.example/b/]">x</a>'],
  ["<a/href=https://a.example>x</a>", '<a/href="[https://a.example]">x</a>'],
  ["<a href = ' https://a.example '>", '<a href="[https://a.example]">'],
  ["<a href='https://a.example/a b'>", '<a href="[https://a.example/a%20b]">'],
  ["<a href='https://a.example/\n?x'>", '<a href="[https://a.example/?x]">'],
  ['<area href="https://a.example">', '<area href="[https://a.example]">'],
  ['<svg><a href="https://a.example"/></svg>', '<svg><a href="[https://a.example]"/></svg>'],
  ['<svg><a xlink:href="https://a.example">', '<svg><a href="[https://a.example]">'],
  [
    '<a href="https://a.example" href="https://b.example">',
    '<a href="[https://a.example]" href="https://b.example">',
  ],
  [
    '<!--[if mso]><a href="https://a.example">x</a><![endif]-->',
    '<!--[if mso]><a href="[https://a.example]">x</a><![endif]-->',
  ],
  [
    '<!--[if mso]><v:roundrect href="https://a.example"/><![endif]-->',
    '<!--[if mso]><v:roundrect href="[https://a.example]"/><![endif]-->',
  ],
  [
    '<!--[if !mso]><!--><a href="https://a.example">x</a><!--<![endif]-->',
    '<!--[if !mso]><!--><a href="[https://a.example]">x</a><!--<![endif]-->',
  ],
  [
    '<base href="https://a.example/shop/"><a href="sale">',
    '<base href="https://a.example/shop/"><a href="[https://a.example/shop/sale]">',
  ],
];

const KEPT = [
  '<a href="mailto:a@example.com">',
  '<a href="tel:+4912345">',
  '<a href="#top">',
  '<base href="https://a.example/"><a href="#top"><a href="mailto:a@example.com"><a href="">',
  '<a href="javascript:alert(1)">',
  '<a href="/relative">',
  '<a href="//a.example/x">',
  '<abbr href="https://a.example">',
  '<link href="https://a.example/x.css">',
  '<img src="https://a.example/x.png">',
  "text with <a and no end",
  '<a href="https://a.example',
  '<a data-note="href=https://a.example">',
  "<a href>",
  "<!-- <a href='https://a.example'> -->",
  "<script>'<a href=\"https://a.example\">'</script>",
  "<style>/* <a href='https://a.example'> */</style>",
  "<textarea><a href='https://a.example'></textarea>",
];

test.each(LINKS)("a link to the web is replaced in %s", async (html, replaced) => {
  expect(await linksReplaced(html)).toBe(replaced);
});

test.each(KEPT)("%s stays as it is", async (html) => {
  expect(await linksReplaced(html)).toBe(html);
});

test("markup that is no link stays byte for byte, in any language and however broken", async () => {
  const bits = [
    "<p",
    ">",
    "İ",
    "ß",
    "</b",
    "<!--",
    "-->",
    "'",
    '"',
    "&amp;",
    "<3",
    "\r\n",
    "\t",
    "<a ",
    "😀",
    "<td",
    "=",
  ];
  const html = fc.array(fc.constantFrom(...bits), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(html, async (parts) => {
      const broken = `.${parts.join("")}`;
      expect(await linksReplaced(broken)).toBe(broken);
    }),
    { numRuns: 200 },
  );
});

test("a stranger's HTML takes no longer than its length", async () => {
  await linksReplaced("<p>Hi</p>");
  const traps = [
    "<a ",
    '<a href="',
    "<a href=x ",
    "<",
    "<a href='https://a.example' ",
    "<div>",
    "<!--[if mso]>",
    "<svg><a ",
    "&am",
  ];
  for (const trap of traps) {
    const html = trap.repeat(Math.ceil(256_000 / trap.length));
    const startedMs = performance.now();
    await linksReplaced(html);
    expect([trap, performance.now() - startedMs < 2_000]).toEqual([trap, true]);
  }
});

describe("a message on its way", () => {
  test("counts clicks and the opening, and can be unsubscribed from", async () => {
    const { html, text } = await instrument(EMAIL, {
      html: '<html><body><a href="https://shop.example/sale">Sale</a></body></html>',
      text: "Sale",
    });
    expect(html).toContain(`/t/c/${EMAIL}/`);
    expect(html).toContain("?to=https%3A%2F%2Fshop.example%2Fsale");
    expect(html).toMatch(/<img src="http[^"]+\/t\/o\/[^"]+" alt="" .*><\/body>/);
    expect(html).toContain(`<a href="${unsubscribeUrl(EMAIL)}">Unsubscribe</a>`);
    expect(text).toBe(`Sale\n\nUnsubscribe: ${unsubscribeUrl(EMAIL)}\n`);
  });

  test("keeps the unsubscribe link that its template has", async () => {
    const own = `<a href="${unsubscribeUrl(EMAIL)}">No more</a>`;
    const { html } = await instrument(EMAIL, { html: own, text: "" });
    expect(html.startsWith(own)).toBe(true);
    expect(html.match(/Unsubscribe/g)).toBeNull();
  });

  test("signs each link for its own address", async () => {
    const { html } = await instrument(EMAIL, {
      html: '<a href="https://a.example/?x=1&#38;y=2">A</a>',
      text: "",
    });
    const url = "https://a.example/?x=1&y=2";
    const signature = signLink({ purpose: "click", emailId: EMAIL, url });
    expect(html).toContain(`/t/c/${EMAIL}/${signature}?to=${encodeURIComponent(url)}"`);
  });

  test("has no HTML but its words where the template has none for this contact", async () => {
    const { html, text } = await instrument(EMAIL, { html: " ", text: "Sale" });
    expect(html).toBe(" ");
    expect(text).toContain("Unsubscribe: ");
  });

  test("that becomes too long with its counted links is refused", async () => {
    const html = '<a href="https://a.example">x</a>'.repeat(7_000);
    const message = { subject: "x", html, text: "" };
    const ending = trackedEnding(EMAIL);
    const { outcomes } = await renderCopies(OWNER, message, [{ variables: {}, ending }]);
    expect(outcomes[0]).toMatchObject({
      code: "template_error",
      message: expect.stringContaining("too large"),
    });
  });

  test.each([
    ["İ".repeat(9)],
    ["<p>İstanbul'da</p>"],
    ["<!-- </body> it's -->"],
    ["<script>document.write('</body>')</script>"],
    ["<style>a::after { content: '</body>' }</style>"],
    ["<title></body></title>"],
    ["</body>"],
    ["<!--[if mso]></body><![endif]-->"],
    ["We <3 tea, it's great"],
  ])("ends before the last </body> of its markup, after %s", async (inside) => {
    const copy = await copyOf({ html: `<body>${inside}</BODY ></html><!-- </body> -->` }, PICTURE);
    expect(copy.html).toBe(`<body>${inside}PICTURE</BODY ></html><!-- </body> -->`);
  });

  test.each([
    ["<p>Hi</p>", "<p>Hi</p>PICTURE"],
    ["<p>Hi</p><!-- it's -->", "<p>Hi</p><!-- it's -->PICTURE"],
    ["Hi <a href='https://a.example", "Hi PICTURE<a href='https://a.example"],
    ["Hi </body", "Hi PICTURE</body"],
    ["We <3", "We <3PICTURE"],
  ])("without a </body> it ends where its text does: %s", async (html, ended) => {
    expect((await copyOf({ html }, PICTURE)).html).toBe(ended);
  });

  test("keeps the places of links behind its </body>", async () => {
    const copy = await copyOf({ html: "<body></body><a href=https://a.example>" }, PICTURE);
    expect(replaceLinks(copy, marked)).toBe('<body>PICTURE</body><a href="[https://a.example]">');
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
