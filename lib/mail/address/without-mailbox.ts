import { DELETED_EMAIL } from "@/lib/mail/address/deleted-contact";
import { wireForm } from "@/lib/mail/address/mailbox";

/** A character that would make another email of one that it stands before, or behind. */
const GOES_ON_BEFORE = /[\p{L}\p{N}._+-]/u;
const GOES_ON_BEHIND = /[\p{L}\p{N}-]/u;
/** An encoded character, such as the “<” in `%3Canna%40example.com`. */
const ENCODED = /^%[0-9a-f]{2}$/;

/** Every way in which a normalised email may stand in a text, in lower case: as it is, for the wire, within a URL. */
export function spellingsOfEmail(email: string): string[] {
  const forms = [email, wireForm(email)];
  const inUrls = forms.flatMap((form) => [form.replace("@", "%40"), encodeURIComponent(form)]);
  return [...new Set([...forms, ...inUrls].map((form) => form.toLowerCase()))];
}

/** A text with a mark in each place where it names an email in one of these spellings. */
export function withoutEmail(text: string, spellings: readonly string[]): string {
  const lower = text.toLowerCase();
  // A few letters have a longer small form; then the places agree only in the text of small letters.
  const whole = lower.length === text.length ? text : lower;
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of placesIn(lower, spellings)) {
    if (start < done) continue;
    pieces.push(whole.slice(done, start), DELETED_EMAIL);
    done = end;
  }
  return done === 0 ? text : pieces.join("") + whole.slice(done);
}

/** `withoutEmail` for every text in a JSON value. */
export function jsonWithoutEmail<T>(value: T, spellings: readonly string[]): T {
  if (typeof value === "string") return withoutEmail(value, spellings) as T;
  if (Array.isArray(value)) return value.map((item) => jsonWithoutEmail(item, spellings)) as T;
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    withoutEmail(name, spellings),
    jsonWithoutEmail(field, spellings),
  ]);
  return Object.fromEntries(fields) as T;
}

type Place = { start: number; end: number };

function placesIn(lower: string, spellings: readonly string[]): Place[] {
  const places = spellings.flatMap((spelling) => {
    const found: Place[] = [];
    for (let at = lower.indexOf(spelling); at >= 0; at = lower.indexOf(spelling, at + 1)) {
      const place = { start: at, end: at + spelling.length };
      if (isWhole(lower, place)) found.push(place);
    }
    return found;
  });
  return places.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** Whether the place is no part of a longer email, as `anna@example.com` is of `joanna@example.com`. */
function isWhole(lower: string, { start, end }: Place): boolean {
  const isCut =
    GOES_ON_BEFORE.test(lower.slice(Math.max(0, start - 1), start)) &&
    !ENCODED.test(lower.slice(Math.max(0, start - 3), start));
  if (isCut || GOES_ON_BEHIND.test(lower.slice(end, end + 1))) return false;
  // A dot ends a sentence, or goes on with the domain.
  return !(lower[end] === "." && GOES_ON_BEHIND.test(lower.slice(end + 1, end + 2)));
}
