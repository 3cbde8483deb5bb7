import { listPage } from "@/components/ui/list-page";
import { auditQuery } from "@/lib/access/audit-log/schema";

export const auditList = listPage({
  path: "/settings/audit",
  schema: auditQuery,
  search: "target",
  filters: ["person", "action", "from", "to"],
});
