import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function AuditSkeleton() {
  return (
    <>
      <PageHeader
        title="Audit log"
        description="What members did in this workspace, newest first."
        actions={<Skeleton className="h-8 w-22 max-md:h-10" />}
      />
      <Skeleton className="mb-4 h-12.5 max-md:h-28" />
      <div className="mb-3 flex flex-wrap gap-2">
        <Skeleton className="h-8 min-w-40 max-w-80 flex-1 basis-40 max-md:h-10 max-md:max-w-none" />
        <Skeleton className="h-10 w-22 md:hidden" />
        <Skeleton className="h-8 w-30 max-md:hidden" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
        <Skeleton className="h-8 w-46 max-md:hidden" />
        <Skeleton className="h-8 w-41 max-md:hidden" />
      </div>
      <SkeletonRows count={10} cells={["size-[22px] rounded-full", "w-64", "ml-auto w-20"]} />
    </>
  );
}
