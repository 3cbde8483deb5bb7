import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import { secretsAsHints } from "@/lib/platform/format/secret-text";

const PAGE = "/contacts";
const DEFAULTS: Partial<Record<string, string>> = { environment: "live", status: "all" };

/** The filter by itself, at the newest contacts and with none open. */
export type ContactsFilterQuery = Pick<
  ContactsPageQuery,
  "environment" | "search" | "audience" | "status"
>;

/** The address of the contacts under `query`, what is empty or the default left out. */
export function contactsAddress(query: Partial<ContactsPageQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    // Addresses end up in histories and logs, where no key may be.
    if (value && value !== DEFAULTS[name]) parameters.set(name, secretsAsHints(value));
  }
  const text = parameters.toString();
  return text ? `${PAGE}?${text}` : PAGE;
}

/** What narrows the list, without the place in it. */
export function filterOf(query: ContactsPageQuery): ContactsFilterQuery {
  const { environment, search, audience, status } = query;
  return { environment, search, audience, status };
}

/** Whether anything is left out of what is shown. */
export function isFiltered({ search, audience, status }: ContactsFilterQuery): boolean {
  return search !== "" || audience !== "" || status !== "all";
}
