import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { draftOf } from "@/components/campaigns/campaign-draft";
import { CampaignForm } from "@/components/campaigns/campaign-form";
import { campaignUrl } from "@/components/campaigns/campaigns-url";
import { NotAllowed } from "@/components/shell/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { audienceChoices } from "@/lib/mail/audiences/member-audiences";
import { templateChoices } from "@/lib/mail/templates/member-templates";
import { can } from "@/lib/people/auth/permissions";
import { findCampaign } from "../find-campaign";

export const metadata: Metadata = { title: "Edit campaign" };

type Props = { params: Promise<{ campaignId: string }> };

export default async function EditCampaignPage({ params }: Props) {
  const { actor, campaign } = await findCampaign((await params).campaignId);
  const { id, environment, name } = campaign;
  const back = { href: campaignUrl(id), label: name };
  // A campaign that has begun says on its page how far it is.
  if (campaign.status !== "draft") redirect(back.href);
  if (!can(actor, "campaigns.manage")) {
    return (
      <>
        <PageHeader title="Edit campaign" back={back} />
        <NotAllowed
          title="Only marketers, admins and owners can write campaigns"
          instead={{ href: back.href, label: "See this campaign" }}
        />
      </>
    );
  }
  const audiences = await audienceChoices(actor, environment);
  const templates = await templateChoices(actor, environment);
  return (
    <>
      <PageHeader title="Edit campaign" back={back} />
      <CampaignForm
        memberId={actor.memberId}
        edited={{ id, updatedAt: campaign.updatedAt.toISOString() }}
        start={draftOf(campaign)}
        audiences={audiences}
        templates={templates}
        memberEmail={actor.email}
      />
    </>
  );
}
