import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The place of a list of emails while it is read. */
export function EmailListSkeleton() {
  return (
    <>
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-80 max-md:h-10" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
      </div>
      <div className="rounded-lg border border-line bg-surface" aria-busy="true">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-[38px] items-center gap-3 border-line border-b px-4 last:border-b-0"
          >
            <Skeleton className="w-44" />
            <Skeleton className="w-56 max-md:hidden" />
            <Skeleton className="ml-auto w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
