import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 6 }, (_, row) => row);

export default function LoadingCampaigns() {
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="One message to everybody in an audience, and what became of it."
      />
      <div className="rounded-lg border border-line bg-surface" aria-busy="true">
        {ROWS.map((row) => (
          <div
            key={row}
            className="flex h-14 items-center gap-3 border-line border-b px-4 last:border-b-0"
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
