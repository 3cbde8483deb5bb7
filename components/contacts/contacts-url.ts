import { listPage } from "@/components/ui/list-page";
import { contactsPageQuery } from "@/lib/mail/contacts/schema";

export const contactsList = listPage({
  path: "/contacts",
  schema: contactsPageQuery,
  kept: ["environment"],
  search: "search",
  filters: ["audience", "status"],
});
