import type { Ending, MessageCopy } from "@/lib/mail/templates/render-limits";
import { clickAddress, openAddress, unsubscribeUrl } from "@/lib/mail/tracking/signed-links";

/**
 * The ending of a campaign's email: a way to unsubscribe where the template has none, and a picture that reports
 * the opening. `countClicks` comes after it.
 */
export function trackedEnding(emailId: string): Ending {
  const picture = `<img src="${openAddress(emailId)}" alt="" width="1" height="1" style="display:block;border:0">`;
  const linkChars = hrefTo(clickAddress(emailId, "")).length;
  return { ...untrackedEnding(unsubscribeUrl(emailId)), picture, linkChars };
}

/** An ending that only says how to unsubscribe, at `unsubscribe`. */
export function untrackedEnding(unsubscribe: string): Ending {
  return {
    unsubscribe,
    footer: {
      html: `<p style="margin-top:32px;font:12px sans-serif;color:#6b7280"><a href="${unsubscribe}">Unsubscribe</a></p>`,
      text: `\n\nUnsubscribe: ${unsubscribe}\n`,
    },
    picture: "",
    linkChars: 0,
  };
}

/**
 * The HTML of a copy, with each web link but the one to unsubscribe leading through the click count. The render
 * process found the links and has no key; each is signed here, which takes no reading of the HTML.
 */
export function countClicks(emailId: string, { html, links }: Copy): string {
  const unsubscribe = unsubscribeUrl(emailId);
  return replaceLinks({ html, links }, (url) =>
    url === unsubscribe || !isWebAddress(url) ? null : clickAddress(emailId, url),
  );
}

type Copy = Pick<MessageCopy, "html" | "links">;

/** The HTML with the links that `replace` has another address for. What it returns null for stays as it is. */
export function replaceLinks(
  { html, links }: Copy,
  replace: (url: string) => string | null,
): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, url } of links.toSorted((one, other) => one.start - other.start)) {
    const address = replace(url);
    if (address === null) continue;
    pieces.push(html.slice(done, start), hrefTo(address));
    done = end;
  }
  return pieces.join("") + html.slice(done);
}

/** The headers by which mail programs show their own “unsubscribe” (RFC 2369, RFC 8058). */
export function unsubscribeHeaders(emailId: string): Record<string, string> {
  return {
    "List-Unsubscribe": `<${unsubscribeUrl(emailId)}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

/** Only links to the web are counted: no mailto, no anchor in the message, no script. */
export function isWebAddress(url: string): boolean {
  if (!/^https?:\/\//i.test(url) || /[\s\p{Cc}]/u.test(url)) return false;
  return URL.canParse(url);
}

function hrefTo(url: string): string {
  return `href="${url.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
}
