import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["one", "two", "three", "four"];

/** Stands where a card of findings will be. */
export function FindingsSkeleton() {
  return (
    <>
      <p role="status" className="sr-only">
        Loading the findings
      </p>
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
    </>
  );
}
