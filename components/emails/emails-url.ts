import { listPage } from "@/components/ui/list-page";
import { emailsPageQuery } from "@/lib/mail/emails/schema";

/** The two pages that list emails. */
export type EmailsPage = "/emails" | "/outbox";

export const EMAIL_LISTS = { "/emails": listAt("/emails"), "/outbox": listAt("/outbox") };

function listAt(path: EmailsPage) {
  return listPage({
    path,
    schema: emailsPageQuery,
    kept: ["environment"],
    search: "recipient",
    filters: ["status", "sender"],
  });
}
