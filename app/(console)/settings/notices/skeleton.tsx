import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** The sentence under the title. */
export const NOTICES_PURPOSE = "What you are told about keys and is still so, newest first.";

const ROWS = ["one", "two", "three"];

export function NoticesSkeleton() {
  return (
    <>
      <PageHeader title="Notices" description={NOTICES_PURPOSE} />
      <p role="status" className="sr-only">
        Loading the notices
      </p>
      <div className="rounded-lg border border-line bg-surface">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-[94px] flex-col justify-center gap-2 border-line border-b px-4 last:border-b-0"
          >
            <Skeleton className="w-1/3" />
            <Skeleton className="w-2/3" />
          </div>
        ))}
      </div>
    </>
  );
}
