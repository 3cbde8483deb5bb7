import { listPage } from "@/components/ui/list-page";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";

const PLAIN: ContactsPageQuery = {
  environment: "live",
  search: "",
  audience: "",
  status: "all",
  contact: "",
  timeline: "",
};

export const contactsList = listPage({
  path: "/contacts",
  plain: PLAIN,
  kept: ["environment"],
  search: "search",
  filters: ["audience", "status"],
});
