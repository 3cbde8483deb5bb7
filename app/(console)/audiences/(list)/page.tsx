import { Plus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { AudienceTable } from "@/components/audiences/audience-table";
import { audiencesAddress, newAddress } from "@/components/audiences/audiences-address";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { PageHeader } from "@/components/ui/page-header";
import { listMemberAudiences } from "@/lib/mail/audiences/member-audiences";
import { audiencesPageQuery } from "@/lib/mail/audiences/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Audiences" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AudiencesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = audiencesPageQuery.parse(await searchParams);
  const { environment } = query;
  const page = await listMemberAudiences(actor, query, now());
  const audiences = page.ok ? page.value.rows : [];
  const mayManage = can(actor, "audiences.manage");
  return (
    <>
      <PageHeader
        title="Audiences"
        description="Groups of contacts, for campaigns and for keys that may only reach some people."
        actions={
          <>
            <EnvironmentSwitch
              value={environment}
              hrefs={{
                live: audiencesAddress({}),
                test: audiencesAddress({ environment: "test" }),
              }}
            />
            {mayManage && (
              <Button asChild variant="primary">
                <Link href={newAddress(environment)}>
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
                <Link href={newAddress(environment)}>Create audience</Link>
              </Button>
            )
          }
        >
          An audience is a list your tools put contacts on, such as newsletter readers, or a rule
          that finds them, such as everybody who opened something this month.
        </EmptyState>
      )}
      {page.ok && (page.value.nextCursor || page.value.previousCursor) && (
        <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2">
          {page.value.previousCursor && (
            <Button asChild>
              <Link href={audiencesAddress({ environment, before: page.value.previousCursor })}>
                Newer
              </Link>
            </Button>
          )}
          {page.value.nextCursor && (
            <Button asChild>
              <Link href={audiencesAddress({ environment, after: page.value.nextCursor })}>
                Older
              </Link>
            </Button>
          )}
        </nav>
      )}
    </>
  );
}
