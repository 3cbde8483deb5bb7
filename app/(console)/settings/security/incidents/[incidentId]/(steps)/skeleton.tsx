import { FindingsSkeleton } from "@/components/security/findings-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export function IncidentSkeleton() {
  return (
    <>
      <PageHeader title="A key leaked" back={{ href: "/settings/security", label: "Security" }} />
      <FindingsSkeleton />
    </>
  );
}
