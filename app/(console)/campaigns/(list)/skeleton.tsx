import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function CampaignsSkeleton() {
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="One message to everyone in an audience, and its results."
        actions={<ListActionsSkeleton create />}
      />
      <Skeleton className="mb-3 h-8 w-28 max-md:h-10" />
      <SkeletonRows
        count={6}
        cells={["w-40", "w-64 max-md:hidden", "ml-auto w-20"]}
        className="h-14"
      />
    </>
  );
}
