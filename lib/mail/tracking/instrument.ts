import { clickAddress, openAddress, unsubscribeAddress } from "@/lib/mail/tracking/signed-links";

/** A message on its way to one recipient. */
export type OutgoingMessage = { html: string; text: string };

/**
 * The message as its recipient gets it: links lead through the click count, a picture reports the opening,
 * and there is a way to unsubscribe even where the template has none.
 */
export function instrument(emailId: string, message: OutgoingMessage): OutgoingMessage {
  const unsubscribe = unsubscribeAddress(emailId);
  const { html, text } = withUnsubscribe(message, unsubscribe);
  const counted = replaceLinks(html, (url) =>
    url === unsubscribe ? url : clickAddress(emailId, url),
  );
  return { html: beforeEnd(counted, pixel(openAddress(emailId))), text };
}

/** The message with a link to unsubscribe at its end, where it has none. */
export function withUnsubscribe(
  { html, text }: OutgoingMessage,
  unsubscribe: string,
): OutgoingMessage {
  return {
    html: html.includes(unsubscribe) ? html : beforeEnd(html, footer(unsubscribe)),
    text: !text || text.includes(unsubscribe) ? text : `${text}\n\nUnsubscribe: ${unsubscribe}\n`,
  };
}

/** The headers by which mail programs show their own “unsubscribe” (RFC 2369, RFC 8058). */
export function unsubscribeHeaders(emailId: string): Record<string, string> {
  return {
    "List-Unsubscribe": `<${unsubscribeAddress(emailId)}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

function footer(url: string): string {
  return `<p style="margin-top:32px;font:12px sans-serif;color:#6b7280"><a href="${url}">Unsubscribe</a></p>`;
}

function pixel(url: string): string {
  return `<img src="${url}" alt="" width="1" height="1" style="display:block;border:0">`;
}

function beforeEnd(html: string, addition: string): string {
  const at = html.toLowerCase().lastIndexOf("</body");
  return at < 0 ? html + addition : html.slice(0, at) + addition + html.slice(at);
}

/**
 * Replaces where the `<a>`s of an HTML text lead, if that is the web. The text is a stranger's, so it is
 * gone through once, from front to end, by no pattern that could look back.
 */
export function replaceLinks(html: string, replace: (url: string) => string): string {
  let result = "";
  let done = 0;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    const end = endOfTag(html, at);
    if (end < 0) break;
    if (isAnchor(html, at)) {
      result += html.slice(done, at) + replaceHref(html.slice(at, end), replace);
      done = end;
    }
    at = end;
  }
  return result + html.slice(done);
}

function isAnchor(html: string, at: number): boolean {
  const name = html.charAt(at + 1);
  return (name === "a" || name === "A") && /\s/.test(html.charAt(at + 2));
}

/** Behind the “>” that ends the tag at `at`, one in quotes aside; -1 where there is none. */
function endOfTag(html: string, at: number): number {
  const markers = /["'>]/g;
  markers.lastIndex = at;
  for (let found = markers.exec(html); found; found = markers.exec(html)) {
    if (found[0] === ">") return found.index + 1;
    const closing = html.indexOf(found[0], found.index + 1);
    if (closing < 0) return -1;
    markers.lastIndex = closing + 1;
  }
  return -1;
}

const ATTRIBUTE = /([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
/** Longer tags are nobody's: they stay as they are, and so does the time that a pattern takes. */
const TAG_MAX = 8_192;

function replaceHref(tag: string, replace: (url: string) => string): string {
  if (tag.length > TAG_MAX) return tag;
  return tag.replace(ATTRIBUTE, (attribute, name: string, ...values: (string | undefined)[]) => {
    if (name.toLowerCase() !== "href") return attribute;
    const url = decode(values.slice(0, 3).find((value) => value !== undefined) ?? "").trim();
    if (!isWebAddress(url)) return attribute;
    return `href="${encode(replace(url))}"`;
  });
}

/** Only what leads to the web is counted: no mailto, no anchor in the message, no script. */
export function isWebAddress(url: string): boolean {
  if (!/^https?:\/\//i.test(url) || /[\s\p{Cc}]/u.test(url)) return false;
  return URL.canParse(url);
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&#38;": "&",
  "&quot;": '"',
  "&#34;": '"',
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
};

function decode(text: string): string {
  return text.replace(/&(?:amp|#38|quot|#34|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

function encode(url: string): string {
  return url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
