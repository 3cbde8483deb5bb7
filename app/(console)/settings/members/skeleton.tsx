import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function MembersSkeleton() {
  return (
    <>
      <PageHeader
        title="Members"
        description="Who has access to this workspace, and what they can do."
        actions={<Skeleton className="h-8 w-36 max-md:h-10" />}
      />
      <SkeletonRows
        count={4}
        cells={["size-[22px] rounded-full", "w-40", "ml-auto w-20"]}
        className="h-14"
      />
    </>
  );
}
