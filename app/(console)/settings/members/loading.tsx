import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["one", "two", "three", "four"];

export default function LoadingMembers() {
  return (
    <>
      <PageHeader
        title="Members"
        description="Who can open this workspace, and what they may do in it."
      />
      <div className="rounded-lg border border-line bg-surface" aria-busy="true">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-14 items-center gap-3 border-line border-b px-4 last:border-b-0"
          >
            <Skeleton className="size-[22px] rounded-full" />
            <Skeleton className="w-40" />
            <Skeleton className="ml-auto w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
