import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { secretsAsHints } from "@/lib/platform/format/secret-text";

/** The two pages that list emails. */
export type EmailsPage = "/emails" | "/outbox";

/** How the open email is looked at. */
export type EmailTab = "preview" | "text" | "source";

const DEFAULTS: Partial<Record<string, string>> = {
  environment: "live",
  status: "all",
  view: "preview",
};

/** The filter by itself, at the newest emails and with none open. */
export type EmailsFilter = Pick<EmailsPageQuery, "environment" | "status" | "sender" | "recipient">;

/** The address of the emails under `query`, what is empty or the default left out. */
export function emailsAddress(page: EmailsPage, query: Partial<EmailsPageQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    // Addresses end up in histories and logs, where no key may be.
    if (value && value !== DEFAULTS[name]) parameters.set(name, secretsAsHints(value));
  }
  const text = parameters.toString();
  return text ? `${page}?${text}` : page;
}

/** What narrows the list, without the place in it. */
export function filterOf({
  environment,
  status,
  sender,
  recipient,
}: EmailsPageQuery): EmailsFilter {
  return { environment, status, sender, recipient };
}

/** Whether anything is left out of what is shown. */
export function isFiltered({ status, sender, recipient }: EmailsFilter): boolean {
  return status !== "all" || sender !== "" || recipient !== "";
}
