import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

export function ActivitySkeleton() {
  return (
    <>
      <PageHeader
        title="Activity"
        description="Every call made with a key, newest first."
        actions={
          <>
            <Skeleton className="h-8 w-20 max-md:h-10" />
            <Skeleton className="h-8 w-22 max-md:h-10" />
          </>
        }
      />
      <p role="status" className="sr-only">
        Loading the activity
      </p>
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-60 max-md:h-10 max-md:flex-1" />
        <Skeleton className="h-8 w-24 max-md:h-10" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
      </div>
      <Skeleton className="mb-3 h-64" />
      <Skeleton className="mb-4 h-56 max-md:hidden" />
      <div className="@container">
        <div className="rounded-lg border border-line bg-surface @max-xl:border-0 @max-xl:bg-transparent">
          <div className="h-9 border-line border-b @max-xl:hidden" />
          {ROWS.map((row) => (
            <div
              key={row}
              className="flex h-[38px] items-center gap-6 border-line border-b px-4 last:border-b-0 @max-xl:mb-2 @max-xl:h-[90px] @max-xl:rounded-lg @max-xl:border @max-xl:last:border-b"
            >
              <Skeleton className="w-14" />
              <Skeleton className="w-9" />
              <Skeleton className="flex-1" />
              <Skeleton className="w-32 @max-xl:hidden" />
              <Skeleton className="w-24 @max-xl:hidden" />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
