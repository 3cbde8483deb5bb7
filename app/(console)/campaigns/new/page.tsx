import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CampaignForm } from "@/components/campaigns/campaign-form";
import { campaignsAddress } from "@/components/campaigns/campaigns-address";
import { Tag } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { audienceChoices } from "@/lib/audiences/member-audiences";
import { can } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { campaignsPageQuery } from "@/lib/campaigns/schema";
import { templateChoices } from "@/lib/templates/member-templates";

export const metadata: Metadata = { title: "Create campaign" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewCampaignPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!can(actor, "campaigns.manage")) notFound();
  const { environment } = campaignsPageQuery.parse(await searchParams);
  const audiences = await audienceChoices(actor, environment);
  const templates = await templateChoices(actor, environment);
  const empty = {
    name: "",
    audienceId: "",
    from: "",
    replyTo: "",
    subject: "",
    html: "",
    text: "",
  };
  return (
    <>
      <PageHeader
        title="Create campaign"
        description="Nothing is sent before you say so on the next page."
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={{ href: campaignsAddress({ environment }), label: "Campaigns" }}
      />
      {audiences.length === 0 && (
        <Notice tone="warn" className="mb-5" action={<Link href="/audiences">Audiences</Link>}>
          There is no audience to send to yet. Create one first.
        </Notice>
      )}
      <CampaignForm start={{ ...empty, environment }} audiences={audiences} templates={templates} />
    </>
  );
}
