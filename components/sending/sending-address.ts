import type { SendingPageQuery } from "@/lib/mail/suppressions/schema";

const PAGE = "/settings/sending";

/** The address of the sending page under `query`, what is empty or the default left out. */
export function sendingAddress(query: Partial<SendingPageQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value && value !== "live") parameters.set(name, value);
  }
  const text = parameters.toString();
  return text ? `${PAGE}?${text}` : PAGE;
}
