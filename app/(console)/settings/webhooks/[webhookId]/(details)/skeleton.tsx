import { Skeleton } from "@/components/ui/skeleton";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function WebhookSkeleton() {
  return (
    <div role="status" aria-label="Loading the webhook">
      <Skeleton className="h-4 w-20" />
      <Skeleton className="mt-3 h-7 w-60 max-w-full" />
      <Skeleton className="mt-2 mb-6 w-96 max-w-full" />
      <SkeletonRows
        count={8}
        cells={["w-40", "w-48 max-md:hidden", "w-14", "ml-auto w-20 max-md:hidden"]}
      />
    </div>
  );
}
