import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export default function LoadingAudit() {
  return (
    <>
      <PageHeader
        title="Audit log"
        description="What people did in this workspace, newest first. Nothing can be changed here."
      />
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-80 max-md:h-10" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
      </div>
      <SkeletonRows count={10} cells={["size-[22px] rounded-full", "w-64", "ml-auto w-20"]} />
    </>
  );
}
