import { Megaphone, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { CampaignTable } from "@/components/campaigns/campaign-table";
import { campaignsList, newCampaignUrl } from "@/components/campaigns/campaigns-url";
import { StatusFilter } from "@/components/campaigns/status-filter";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { CAMPAIGN_STATUSES } from "@/lib/mail/campaigns/limits";
import { listMemberCampaigns } from "@/lib/mail/campaigns/member-campaigns";
import { type CampaignsPageQuery, campaignsPageQuery } from "@/lib/mail/campaigns/schema";
import { whyKept } from "@/lib/mail/emails/mail-server";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { emptyPage } from "@/lib/platform/paging/page";
import type { Environment } from "@/prisma/generated/enums";
import { CampaignsSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Campaigns" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const CHOICES = ["all", ...CAMPAIGN_STATUSES] as const;

export default function CampaignsPage(props: Props) {
  return <QuickOrSkeleton skeleton={<CampaignsSkeleton />} content={campaignsPage(props)} />;
}

async function campaignsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = campaignsPageQuery.parse(await searchParams);
  const { environment, status, after, before } = query;
  const page = await listMemberCampaigns(actor, query);
  const { rows: campaigns, nextCursor, previousCursor } = page.ok ? page.value : emptyPage<never>();
  const isUnused = campaigns.length === 0 && status === "all" && !after && !before;
  const filter = { environment, status };
  const mayCreate = can(actor, "campaigns.manage");
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="One message to everyone in an audience, and its results."
        actions={
          <>
            <EnvironmentSwitch value={environment} hrefs={environmentUrls(campaignsList)} />
            {mayCreate && (
              <Button asChild variant="primary">
                <Link href={newCampaignUrl(environment)}>
                  <Plus aria-hidden />
                  Create campaign
                </Link>
              </Button>
            )}
          </>
        }
      />
      {isUnused ? (
        <NoCampaigns environment={environment} mayCreate={mayCreate} />
      ) : (
        <>
          <Filter environment={environment} status={status} />
          {campaigns.length > 0 ? (
            <CampaignTable campaigns={campaigns} />
          ) : (
            <EmptyState icon={SearchX} title="No campaign matches">
              Choose another status to see more.
            </EmptyState>
          )}
        </>
      )}
      <PageLinks
        newer={previousCursor && campaignsList.url({ ...filter, before: previousCursor })}
        older={nextCursor && campaignsList.url({ ...filter, after: nextCursor })}
      />
    </>
  );
}

type NoCampaignsProps = { environment: CampaignsPageQuery["environment"]; mayCreate: boolean };

function NoCampaigns({ environment, mayCreate }: NoCampaignsProps) {
  return (
    <EmptyState
      icon={Megaphone}
      title={environment === "test" ? "No test campaigns yet" : "No campaigns yet"}
      action={
        mayCreate && (
          <Button asChild>
            <Link href={newCampaignUrl(environment)}>Create campaign</Link>
          </Button>
        )
      }
    >
      Write a message once, see it as a recipient would, and send it to an audience. Opens, clicks
      and unsubscribes show up here.
    </EmptyState>
  );
}

function Filter({ environment, status }: Pick<CampaignsPageQuery, "environment" | "status">) {
  const hrefs = CHOICES.map((choice) => [
    choice,
    campaignsList.url({ environment, status: choice }),
  ]);
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <StatusFilter
        value={status}
        options={CHOICES.map((value) => ({ value, label: labelOf(value, environment) }))}
        hrefs={Object.fromEntries(hrefs)}
      />
    </search>
  );
}

function labelOf(choice: (typeof CHOICES)[number], environment: Environment): string {
  if (choice === "all") return "any";
  // Earlier ones may have left: where a mail server was set up, and is no more.
  return choice === "sent" && whyKept(environment) ? "sent or kept here" : choice;
}
