import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 6 }, (_, row) => row);

export default function LoadingTemplates() {
  return (
    <>
      <PageHeader
        title="Templates"
        description="Messages written once, filled in for each person, for campaigns and for your tools."
      />
      <div className="rounded-lg border border-line bg-surface" aria-busy="true">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-[38px] items-center gap-3 border-line border-b px-4 last:border-b-0"
          >
            <Skeleton className="w-40" />
            <Skeleton className="w-64 max-md:hidden" />
            <Skeleton className="ml-auto w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
