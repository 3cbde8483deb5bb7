import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function ContactsSkeleton() {
  return (
    <>
      <PageHeader
        title="Contacts"
        description="The people you write to, newest first. Your connected tools add and change them."
        actions={<ListActionsSkeleton />}
      />
      <div className="mb-3 flex gap-2">
        <Skeleton className="h-8 w-80 max-md:h-10" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
        <Skeleton className="h-8 w-28 max-md:hidden" />
      </div>
      <SkeletonRows count={12} cells={["w-56", "w-32 max-md:hidden", "ml-auto w-20"]} />
    </>
  );
}
