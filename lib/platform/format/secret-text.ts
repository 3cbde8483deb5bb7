/** A key, or so much of one that the rest could be guessed, in any case and whatever stands around it. */
const MOST_OF_A_SECRET = /(pstn_(?:live|test)_)(?:(?!pstn_)[0-9a-z]){12,}/gi;
const WHOLE_SECRET = /(pstn_(?:live|test)_)[0-9A-Za-z]{34}([0-9A-Za-z]{4})/g;

/** A text with every key in it replaced by its public prefix. Safe in a browser. */
export function textWithoutSecrets(text: string): string {
  return text.replaceAll(MOST_OF_A_SECRET, "$1redacted");
}

/** A text with every key in it replaced by its hint, so that one pasted into a search still finds itself. */
export function secretsAsHints(text: string): string {
  return text.replaceAll(WHOLE_SECRET, "$1…$2");
}

/** Whether a key, or most of one, is in `text`. */
export function holdsSecret(text: string): boolean {
  return text.search(MOST_OF_A_SECRET) >= 0;
}
