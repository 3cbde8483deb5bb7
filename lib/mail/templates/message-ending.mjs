// Puts into a rendered message what one recipient's copy ends with, and finds the links in its HTML. Every
// change is made at a position of the source, so the rest of the markup stays byte for byte as it was. The
// HTML is read as tokens and never as a tree: deep nesting costs nothing.
import { Tokenizer } from "htmlparser2";

/**
 * The message with its ending, the web links in its HTML by position, and the length of the copy once each of
 * these links leads through the click count.
 */
export function withEnding({ subject, ...message }, ending) {
  const { html, links } = endHtml(message.html, ending);
  const text = endText(message.text, ending);
  let chars = subject.length + html.length + text.length;
  for (const { start, end, url } of links) {
    chars += ending.linkChars + encodeURIComponent(url).length - (end - start);
  }
  return { message: { subject, html, text }, links, chars };
}

/** HTML that shows nothing gets no ending: a mail with only a footer helps nobody. */
function endHtml(html, { unsubscribe, footer, picture }) {
  if (!html.trim()) return { html, links: [] };
  const { links, bodyEnd } = new HtmlReader(html).read();
  const tail = (html.includes(unsubscribe) ? "" : footer.html) + picture;
  const moved = links.map(({ start, end, url }) => {
    const by = start < bodyEnd ? 0 : tail.length;
    return { start: start + by, end: end + by, url };
  });
  return { html: html.slice(0, bodyEnd) + tail + html.slice(bodyEnd), links: moved };
}

function endText(text, { unsubscribe, footer }) {
  return !text.trim() || text.includes(unsubscribe) ? text : text + footer.text;
}

/** Elements that lead somewhere when they are clicked. Outlook draws buttons as VML shapes (`v:…`). */
const CLICKABLE = /^(?:a|area|v:.+)$/;
const LEADS = ["href", "xlink:href"];
/** Outlook reads what is in such a comment; everybody else reads over it. */
const CONDITION = /^\[if\b[^\]]*\]>/i;

/** Reads HTML once, from front to end, by the callbacks of the tokenizer. */
class HtmlReader {
  #html;
  #offset;
  #tag = "";
  #attribute = { name: "", start: 0, value: "" };
  /** The attributes of the tag at hand, each name's first as in a browser. */
  #attributes = new Map();
  #found = [];
  #base;
  #bodyEnd;

  /** `offset` is where `html` stands in the message: inside a conditional comment it is not 0. */
  constructor(html, offset = 0) {
    this.#html = html;
    this.#offset = offset;
  }

  /** The links that lead to the web, and the position before which the ending belongs. */
  read() {
    const found = this.readHrefs();
    const base = URL.canParse(this.#base ?? "") ? this.#base : undefined;
    const links = found.flatMap(({ href, start, end }) => {
      const url = leadsTo(href, base);
      return url === null ? [] : [{ start, end, url }];
    });
    return { links, bodyEnd: this.#bodyEnd ?? endOfText(this.#html) };
  }

  readHrefs() {
    const tokenizer = new Tokenizer({}, this);
    tokenizer.write(this.#html);
    tokenizer.end();
    return this.#found;
  }

  onopentagname(start, end) {
    this.#tag = this.#html.slice(start, end).toLowerCase();
    this.#attributes.clear();
  }

  onattribname(start, end) {
    this.#attribute = { name: this.#html.slice(start, end).toLowerCase(), start, value: "" };
  }

  onattribdata(start, end) {
    this.#attribute.value += this.#html.slice(start, end);
  }

  onattribentity(codePoint) {
    this.#attribute.value += String.fromCodePoint(codePoint);
  }

  onattribend(_quote, end) {
    const { name, start, value } = this.#attribute;
    if (!LEADS.includes(name) || this.#attributes.has(name)) return;
    const at = { start: start + this.#offset, end: end + this.#offset };
    this.#attributes.set(name, { href: value, ...at });
  }

  onopentagend() {
    if (CLICKABLE.test(this.#tag)) this.#found.push(...this.#attributes.values());
    if (this.#tag === "base") this.#base ??= this.#attributes.get("href")?.href;
  }

  onselfclosingtag() {
    this.onopentagend();
  }

  onclosetag(start, end) {
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === "body") this.#bodyEnd = start - "</".length;
  }

  oncomment(start, end, offset) {
    // Comments hold no comments, so this goes one level deep.
    if (this.#offset > 0) return;
    const comment = this.#html.slice(start, end - offset);
    if (!CONDITION.test(comment)) return;
    this.#found.push(...new HtmlReader(comment, start).readHrefs());
  }

  oncdata() {}
  ondeclaration() {}
  onend() {}
  onprocessinginstruction() {}
  ontext() {}
  ontextentity() {}
}

/**
 * The address that a link leads to; null where that is not the web, or would depend on where the mail is read.
 * An address that a browser corrects, or that continues the `<base>`, is written out.
 */
function leadsTo(href, base) {
  const url = href.trim().toWellFormed();
  if (url === "" || url.startsWith("#")) return null;
  if (/^https?:\/\/[^\s\p{Cc}]+$/iu.test(url)) return url;
  if (!URL.canParse(url, base)) return null;
  const corrected = new URL(url, base);
  return ["http:", "https:"].includes(corrected.protocol) ? corrected.href : null;
}

/** The end of HTML without a `</body>`: before a tag that is never closed, which would swallow what follows. */
function endOfText(html) {
  const last = html.lastIndexOf("<");
  const isUnclosed = last > html.lastIndexOf(">") && /[a-z/!]/i.test(html.charAt(last + 1));
  return isUnclosed ? last : html.length;
}
