import { listPage } from "@/components/ui/list-page";
import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";

const PLAIN: ListKeysQuery = {
  search: "",
  status: "all",
  environment: "all",
  owner: null,
  sort: "created",
  direction: "desc",
  page: 1,
};

export const keyList = listPage({
  path: "/settings/api-keys",
  plain: PLAIN,
  kept: ["sort", "direction"],
  search: "search",
  filters: ["status", "environment", "owner"],
});
