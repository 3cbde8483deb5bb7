import { Skeleton } from "@/components/ui/skeleton";

export function EditKeySkeleton() {
  return (
    <div role="status" aria-label="Loading the key" className="grid max-w-[680px] gap-4">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-80 w-full" />
      <Skeleton className="h-8 w-full" />
    </div>
  );
}
