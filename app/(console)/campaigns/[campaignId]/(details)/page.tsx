import type { Metadata } from "next";
import { CampaignStatusPill } from "@/components/campaigns/campaign-status-pill";
import { campaignsList, newCampaignUrl } from "@/components/campaigns/campaigns-url";
import { CancelCampaignDialog } from "@/components/campaigns/cancel-campaign-dialog";
import { DeleteDraftDialog } from "@/components/campaigns/delete-draft-dialog";
import { DetailsCard } from "@/components/campaigns/details-card";
import { LinksCard } from "@/components/campaigns/links-card";
import { RecipientsSection } from "@/components/campaigns/recipients-section";
import { ReportCard } from "@/components/campaigns/report-card";
import { SendCampaignDialog } from "@/components/campaigns/send-campaign-dialog";
import { MessagePreview } from "@/components/messages/message-preview";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { failureReasons } from "@/lib/mail/campaigns/failures";
import type { CampaignDetails } from "@/lib/mail/campaigns/member-campaigns";
import { listCampaignRecipients } from "@/lib/mail/campaigns/recipients";
import { type CampaignReport, campaignReport } from "@/lib/mail/campaigns/report";
import { campaignPageQuery } from "@/lib/mail/campaigns/schema";
import { SET_ASIDE_WORDS } from "@/lib/mail/campaigns/words";
import { whyKept } from "@/lib/mail/emails/mail-server";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { findCampaign } from "../find-campaign";
import { CampaignSkeleton } from "./skeleton";

type Props = {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const PAGE_SIZE = 50;
const SENDING_REFRESH_MS = 2_000;
/** Reading goes on for days; looking at it now and then is enough. */
const REFRESH_MS = 15_000;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { campaign } = await findCampaign((await params).campaignId);
  return { title: campaign.name };
}

export default function CampaignPage(props: Props) {
  return <QuickOrSkeleton skeleton={<CampaignSkeleton />} content={campaignPage(props)} />;
}

async function campaignPage({ params, searchParams }: Props) {
  const { actor, campaign } = await findCampaign((await params).campaignId);
  const query = campaignPageQuery.parse(await searchParams);
  const { environment } = campaign;
  const view = viewOf(actor, environment);
  const made = campaign.startedAt ? await campaignReport(view, campaign.id) : null;
  const report = made?.ok ? made.value : null;
  const mayManage = can(actor, "campaigns.manage");
  return (
    <>
      <PageHeader
        title={campaign.name}
        badge={
          <>
            <CampaignStatusPill status={campaign.status} kept={campaign.kept} />
            {environment === "test" && <Tag line="dashed">Test</Tag>}
          </>
        }
        back={{ href: campaignsList.url({ environment }), label: "Campaigns" }}
        actions={mayManage && <Actions campaign={campaign} />}
      />
      {report ? (
        <Started campaign={campaign} report={report} query={query} actor={actor} />
      ) : (
        <NotStarted campaign={campaign} tester={mayManage ? actor.email : null} />
      )}
    </>
  );
}

function Actions({ campaign }: { campaign: CampaignDetails }) {
  const { id, name, environment, from, updatedAt, audience, people, status, recipients } = campaign;
  const isDraft = status === "draft";
  return (
    <>
      {isDraft && <DeleteDraftDialog campaign={{ id, name, environment }} />}
      {(status === "scheduled" || status === "sending") && (
        <CancelCampaignDialog campaign={{ id, name, status, recipients }} />
      )}
      <Button asChild>
        <Link href={newCampaignUrl(environment, id)}>Duplicate</Link>
      </Button>
      {isDraft && (
        <Button asChild>
          <Link href={`/campaigns/${id}/edit`}>Edit</Link>
        </Button>
      )}
      {isDraft && audience && (
        <SendCampaignDialog
          campaign={{ id, name, from, updatedAt }}
          audience={audience.name}
          people={people ?? 0}
          kept={whyKept(environment)}
        />
      )}
    </>
  );
}

type NotStartedProps = {
  campaign: CampaignDetails;
  /** The email of the member who looks at it; null if they may not change campaigns. */
  tester: string | null;
};

function NotStarted({ campaign, tester }: NotStartedProps) {
  const { from, replyTo, subject, html, text, environment, audience } = campaign;
  const maySend = tester !== null && campaign.status === "draft";
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="grid min-w-0 gap-4">
        {campaign.status === "draft" && !tester && (
          <Notice tone="info">Marketers, admins and owners can change and send campaigns.</Notice>
        )}
        {!audience && maySend && (
          <Notice tone="bad">The audience of this campaign was deleted. Choose another one.</Notice>
        )}
        <MessagePreview
          message={{ subject, html, text }}
          environment={environment}
          sentBy="campaign"
          audienceId={audience?.id ?? ""}
          test={tester ? { from, replyTo: replyTo.join(", "), to: tester } : undefined}
        />
      </div>
      <DetailsCard campaign={campaign} />
    </div>
  );
}

type StartedProps = {
  campaign: CampaignDetails;
  report: CampaignReport;
  query: ReturnType<typeof campaignPageQuery.parse>;
  actor: MemberActor;
};

async function Started({ campaign, report, query, actor }: StartedProps) {
  const { id, environment, subject, html, text, audience } = campaign;
  const isKept = whyKept(environment) !== null;
  const failures = report.failed > 0 ? await failureReasons(actor, { id }) : [];
  const page = await listCampaignRecipients(viewOf(actor, environment), id, {
    limit: PAGE_SIZE,
    ...(query.status === "all" ? {} : { status: query.status }),
    ...(query.after ? { after: query.after } : query.before ? { before: query.before } : {}),
  });
  return (
    <>
      <RefreshEvery ms={campaign.status === "sending" ? SENDING_REFRESH_MS : REFRESH_MS} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-4">
          {campaign.setAsideFor && (
            <Notice tone="bad">
              <p>
                <strong className="font-semibold">Postern stopped sending this campaign.</strong>{" "}
                {SET_ASIDE_WORDS[campaign.setAsideFor]}
              </p>
            </Notice>
          )}
          <ReportCard report={report} failures={failures} isKept={isKept} />
          <LinksCard links={report.links} />
        </div>
        <DetailsCard campaign={campaign} />
      </div>
      <RecipientsSection
        campaignId={id}
        environment={environment}
        query={query}
        page={page.ok ? page.value : null}
        isKept={isKept}
        mayExport={can(actor, "lists.export")}
      />
      <div className="mt-6 max-w-[680px]">
        <MessagePreview
          message={{ subject, html, text }}
          environment={environment}
          sentBy="campaign"
          audienceId={audience?.id ?? ""}
        />
      </div>
    </>
  );
}
