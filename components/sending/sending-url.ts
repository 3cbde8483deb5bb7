import { listPage } from "@/components/ui/list-page";
import { sendingPageQuery } from "@/lib/mail/suppressions/schema";

export const suppressionsList = listPage({
  path: "/settings/sending",
  schema: sendingPageQuery,
  kept: ["environment"],
  search: "search",
  filters: [],
});
