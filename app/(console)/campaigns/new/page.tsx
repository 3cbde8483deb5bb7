import type { Metadata } from "next";
import { newAudienceUrl } from "@/components/audiences/audiences-url";
import { copyOf, emptyDraft } from "@/components/campaigns/campaign-draft";
import { CampaignForm } from "@/components/campaigns/campaign-form";
import { campaignsList } from "@/components/campaigns/campaigns-url";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { audienceChoices } from "@/lib/mail/audiences/member-audiences";
import { getMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { newCampaignPageQuery } from "@/lib/mail/campaigns/schema";
import { templateChoices } from "@/lib/mail/templates/member-templates";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Create campaign" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewCampaignPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = newCampaignPageQuery.parse(await searchParams);
  const copied = query.copy ? await getMemberCampaign(actor, { id: query.copy }, now()) : null;
  const start = copied?.ok ? copyOf(copied.value) : emptyDraft(query.environment);
  const { environment } = start;
  const back = { href: campaignsList.url({ environment }), label: "Campaigns" };
  if (!can(actor, "campaigns.manage")) {
    return (
      <>
        <PageHeader title="Create campaign" back={back} />
        <NotAllowed
          title="Only marketers, admins and owners can write campaigns"
          instead={{ href: back.href, label: "See campaigns" }}
        />
      </>
    );
  }
  const audiences = await audienceChoices(actor, environment);
  const templates = await templateChoices(actor, environment);
  return (
    <>
      <PageHeader
        title="Create campaign"
        description="Nothing is sent until you confirm it on the next page."
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={back}
      />
      {copied && !copied.ok && (
        <Notice tone="warn" className="mb-5">
          The campaign to duplicate no longer exists.
        </Notice>
      )}
      {audiences.length === 0 && (
        <Notice
          tone="warn"
          className="mb-5"
          action={<Link href={newAudienceUrl(environment)}>Create audience</Link>}
        >
          There is no audience to send to yet.
        </Notice>
      )}
      <CampaignForm
        memberId={actor.memberId}
        start={start}
        audiences={audiences}
        templates={templates}
        memberEmail={actor.email}
      />
    </>
  );
}
