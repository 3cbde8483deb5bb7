import type { ContactCount } from "@/lib/mail/audiences/contact-counts";
import { countOf, formatCount } from "@/lib/platform/format/number";

/** A count in a table's cell. */
export function countInShort(count: ContactCount | null): string {
  if (!count) return "many";
  return count.isExact ? formatCount(count.contacts) : `about ${formatCount(count.contacts)}`;
}

/** “1,204 contacts”, or an estimate where they could not all be counted. */
export function countInWords(count: ContactCount | null): string {
  if (!count) return "too many contacts to count quickly";
  const contacts = countOf(count.contacts, "contact");
  return count.isExact ? contacts : `about ${contacts}`;
}
