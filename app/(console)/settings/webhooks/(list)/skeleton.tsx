import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function WebhooksSkeleton() {
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Your own tools hear at once what happens here: each event is sent to a URL."
        actions={<ListActionsSkeleton create />}
      />
      <SkeletonRows
        count={4}
        cells={["w-48", "w-24", "w-40 max-md:hidden", "ml-auto w-20"]}
        className="h-14"
      />
    </>
  );
}
