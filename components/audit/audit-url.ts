import { listPage } from "@/components/ui/list-page";
import type { AuditQuery } from "@/lib/access/audit-log/schema";

const PLAIN: AuditQuery = {
  person: "",
  action: "",
  target: "",
  from: "",
  to: "",
  before: "",
  event: "",
};

export const auditList = listPage({
  path: "/settings/audit",
  plain: PLAIN,
  search: "target",
  filters: ["person", "action", "from", "to"],
});
