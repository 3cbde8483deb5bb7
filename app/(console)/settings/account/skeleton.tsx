import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const COLUMNS = [["second factor", "sessions", "password"], ["profile"]];

export function AccountSkeleton() {
  return (
    <>
      <PageHeader title="Account" description="Only you see this page." />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]" aria-busy="true">
        {COLUMNS.map((cards) => (
          <div key={cards[0]} className="grid gap-4">
            {cards.map((card) => (
              <div key={card} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
                <Skeleton className="w-24" />
                <Skeleton className="w-64 max-w-full" />
                <Skeleton className="h-8 w-40" />
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
