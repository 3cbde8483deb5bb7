import { listPage } from "@/components/ui/list-page";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";

const PLAIN: EmailsPageQuery = {
  environment: "live",
  status: "all",
  sender: "",
  recipient: "",
  email: "",
  view: "preview",
};

/** The two pages that list emails. */
export type EmailsPage = "/emails" | "/outbox";

export const EMAIL_LISTS = { "/emails": listAt("/emails"), "/outbox": listAt("/outbox") };

function listAt(path: EmailsPage) {
  return listPage({
    path,
    plain: PLAIN,
    kept: ["environment"],
    search: "recipient",
    filters: ["status", "sender"],
  });
}
