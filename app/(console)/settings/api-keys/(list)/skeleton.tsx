import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["one", "two", "three", "four", "five", "six", "seven"];

export function ApiKeysSkeleton() {
  return (
    <>
      <PageHeader
        title="API keys"
        description="Each key lets one tool into this workspace, with only the access you choose."
        actions={<Skeleton className="h-8 w-34 max-md:h-10" />}
      />
      <p role="status" className="sr-only">
        Loading the keys
      </p>
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-80 max-md:h-10 max-md:flex-1" />
        <Skeleton className="h-8 w-28 max-md:h-10" />
      </div>
      <div className="rounded-lg border border-line bg-surface max-xl:border-0 max-xl:bg-transparent">
        <div className="h-9 border-line border-b max-xl:hidden" />
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-14 items-center gap-6 border-line border-b px-4 last:border-b-0 max-xl:mb-2 max-xl:h-[126px] lg:max-xl:h-[88px] max-xl:rounded-lg max-xl:border"
          >
            <Skeleton className="w-1/4" />
            <Skeleton className="w-1/6" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
