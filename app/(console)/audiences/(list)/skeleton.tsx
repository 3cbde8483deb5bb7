import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function AudiencesSkeleton() {
  return (
    <>
      <PageHeader
        title="Audiences"
        description="Groups of contacts, for campaigns and for keys limited to some contacts."
        actions={<ListActionsSkeleton create />}
      />
      <SkeletonRows count={6} cells={["w-56", "w-32 max-md:hidden", "ml-auto w-20"]} />
    </>
  );
}
