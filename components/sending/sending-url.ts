import { listPage } from "@/components/ui/list-page";
import type { SendingPageQuery } from "@/lib/mail/suppressions/schema";

const PLAIN: SendingPageQuery = { environment: "live", search: "" };

export const suppressionsList = listPage({
  path: "/settings/sending",
  plain: PLAIN,
  kept: ["environment"],
  search: "search",
  filters: [],
});
