import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton-rows";

export default function LoadingCampaigns() {
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="One message to everybody in an audience, and what became of it."
      />
      <SkeletonRows
        count={6}
        cells={["w-40", "w-64 max-md:hidden", "ml-auto w-20"]}
        className="h-14"
      />
    </>
  );
}
