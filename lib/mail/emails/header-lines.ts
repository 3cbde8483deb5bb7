/** The most octets of a line of a message, without its end (RFC 5322 §2.1.1). */
export const LINE_MAX = 998;
/** A header is folded at its spaces, so no stretch without one may fill more than a line behind the one it leads. */
const STRETCH_MAX = LINE_MAX - 8;

/** Headers that mail programs read from one line, although they may be folded. */
const ONE_LINE_HEADER = /^list-unsubscribe(-post)?$/i;
/** Headers of ids and URLs, in which an encoded word would stand for itself (RFC 2047 §5). */
const LITERAL_HEADER = /^(in-reply-to|references|list-unsubscribe(-post)?)$/i;

/** Whether a line of these bytes is too long for a mail server. It makes no list of lines: there may be millions. */
export function hasLongLine(bytes: Uint8Array): boolean {
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const isEnd = bytes[at] === 0x0a || bytes[at] === 0x0d;
    if (isEnd) from = at + 1;
    else if (at - from >= LINE_MAX) return true;
  }
  return false;
}

/** Whether a header stands on one line, and is not folded. */
export function standsOnOneLine(name: string, value: string): boolean {
  return ONE_LINE_HEADER.test(name) && name.length + ": ".length + value.length <= LINE_MAX;
}

/** Whether a text has a stretch of ASCII that cannot be folded and is too long for a line. */
export function hasLongStretch(text: string): boolean {
  return isAscii(text) && text.split(" ").some((stretch) => stretch.length > STRETCH_MAX);
}

/** The reason for which a header cannot be written in lines that every server takes; null where it can. */
export function refuseHeader(name: string, value: string): string | null {
  if (LITERAL_HEADER.test(name) && !isAscii(value)) {
    return "Use ASCII here: percent-encode other letters.";
  }
  if (ONE_LINE_HEADER.test(name)) {
    return standsOnOneLine(name, value)
      ? null
      : `Use at most ${LINE_MAX - name.length - 2} characters.`;
  }
  // Spaces inside an id are dropped, so a whole id counts as one stretch.
  const text = LITERAL_HEADER.test(name) ? value.replaceAll(" ", "").replaceAll(">", "> ") : value;
  return hasLongStretch(text) ? `Put a space at least every ${STRETCH_MAX} characters.` : null;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
