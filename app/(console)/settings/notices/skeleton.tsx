import { FindingsSkeleton } from "@/components/security/findings-skeleton";
import { PageHeader } from "@/components/ui/page-header";

/** The sentence under the title. */
export const NOTICES_PURPOSE = "What you are told about keys and is still so, newest first.";

export function NoticesSkeleton() {
  return (
    <>
      <PageHeader title="Notices" description={NOTICES_PURPOSE} />
      <FindingsSkeleton />
    </>
  );
}
