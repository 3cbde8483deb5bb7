import { Skeleton } from "@/components/ui/skeleton";

export function CampaignSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-2 w-24" />
      <Skeleton className="mb-6 h-7 w-72" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Skeleton className="h-80 rounded-lg" />
        <Skeleton className="h-60 rounded-lg" />
      </div>
    </div>
  );
}
