import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The sentence under the title. */
export const SECURITY_PURPOSE =
  "What needs attention, and what is in good order. Looked at every hour, and after each change to a key.";

const ROWS = ["one", "two", "three", "four"];

export function SecuritySkeleton() {
  return (
    <>
      <PageHeader title="Security" description={SECURITY_PURPOSE} />
      <p role="status" className="sr-only">
        Loading the findings
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="rounded-lg border border-line bg-surface">
          <div className="h-12 border-line border-b" />
          {ROWS.map((row) => (
            <div
              key={row}
              className="flex h-[94px] flex-col justify-center gap-2 border-line border-b px-4 last:border-b-0"
            >
              <Skeleton className="w-1/3" />
              <Skeleton className="w-2/3" />
              <Skeleton className="w-1/4" />
            </div>
          ))}
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
