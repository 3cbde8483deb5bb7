import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export function TemplatesSkeleton() {
  return (
    <>
      <PageHeader
        title="Templates"
        description="Messages you write once, filled in for each contact, for campaigns and your tools."
        actions={<ListActionsSkeleton create />}
      />
      <SkeletonRows count={6} cells={["w-40", "w-64 max-md:hidden", "ml-auto w-20"]} />
    </>
  );
}
