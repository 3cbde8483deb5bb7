import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { AudienceTable } from "@/components/audiences/audience-table";
import { audiencesList, newAudienceUrl } from "@/components/audiences/audiences-url";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { listMemberAudiences } from "@/lib/mail/audiences/member-audiences";
import { audiencesPageQuery } from "@/lib/mail/audiences/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { emptyPage } from "@/lib/platform/paging/page";
import { AudiencesSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Audiences" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function AudiencesPage(props: Props) {
  return <QuickOrSkeleton skeleton={<AudiencesSkeleton />} content={audiencesPage(props)} />;
}

async function audiencesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = audiencesPageQuery.parse(await searchParams);
  const { environment } = query;
  const page = await listMemberAudiences(actor, query, now());
  const { rows: audiences, nextCursor, previousCursor } = page.ok ? page.value : emptyPage<never>();
  const mayManage = can(actor, "audiences.manage");
  return (
    <>
      <PageHeader
        title="Audiences"
        description="Groups of contacts, for campaigns and for keys limited to some contacts."
        actions={
          <>
            <EnvironmentSwitch value={environment} hrefs={environmentUrls(audiencesList)} />
            {mayManage && (
              <Button asChild variant="primary">
                <Link href={newAudienceUrl(environment)}>
                  <Plus aria-hidden />
                  Create audience
                </Link>
              </Button>
            )}
          </>
        }
      />
      {audiences.length > 0 ? (
        <AudienceTable audiences={audiences} mayManage={mayManage} />
      ) : (
        <EmptyState
          icon={UsersRound}
          title={environment === "test" ? "No test audiences yet" : "No audiences yet"}
          action={
            mayManage && (
              <Button asChild>
                <Link href={newAudienceUrl(environment)}>Create audience</Link>
              </Button>
            )
          }
        >
          An audience is a list that your tools fill, such as newsletter readers, or a rule that
          finds contacts, such as everyone who opened an email this month.
        </EmptyState>
      )}
      <PageLinks
        newer={previousCursor && audiencesList.url({ environment, before: previousCursor })}
        older={nextCursor && audiencesList.url({ environment, after: nextCursor })}
      />
    </>
  );
}
