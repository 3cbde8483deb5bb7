import { listPage } from "@/components/ui/list-page";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";

export const keyList = listPage({
  path: "/settings/api-keys",
  schema: listKeysQuery,
  kept: ["sort", "direction"],
  search: "search",
  filters: ["status", "environment", "owner"],
});
