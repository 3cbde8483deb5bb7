import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 6 }, (_, row) => row);

export default function LoadingAudiences() {
  return (
    <>
      <PageHeader
        title="Audiences"
        description="Groups of contacts, for campaigns and for keys that may only reach some people."
      />
      <div className="rounded-lg border border-line bg-surface" aria-busy="true">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-[38px] items-center gap-3 border-line border-b px-4 last:border-b-0"
          >
            <Skeleton className="w-56" />
            <Skeleton className="w-32 max-md:hidden" />
            <Skeleton className="ml-auto w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
