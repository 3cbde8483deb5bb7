import { NotAllowed } from "@/components/shell/not-allowed";
import { PageHeader } from "@/components/ui/page-header";

/** The audit log for members who may not read it. The page answers 404 to them. */
export default function AuditNotAllowed() {
  return (
    <>
      <PageHeader title="Audit log" description="What members did in this workspace." />
      <NotAllowed
        title="Only admins and owners can read the audit log"
        instead={{ href: "/settings/activity", label: "See activity" }}
      />
    </>
  );
}
