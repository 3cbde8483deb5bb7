import { FindingsSkeleton } from "@/components/security/findings-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The sentence under the title. */
export const SECURITY_PURPOSE =
  "What needs attention, and what is in good order. Calls are watched all the time, keys every hour and after each change.";

export function SecuritySkeleton() {
  return (
    <>
      <PageHeader title="Security" description={SECURITY_PURPOSE} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div>
          <FindingsSkeleton />
        </div>
        <div className="flex h-40 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
          <Skeleton className="w-16" />
          <Skeleton className="h-8 w-24" />
          <Skeleton className="w-40" />
        </div>
      </div>
    </>
  );
}
