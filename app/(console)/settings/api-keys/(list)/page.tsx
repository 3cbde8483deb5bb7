import { BookOpen, Plus } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { KeyAttentionNotices } from "@/components/api-keys/list/key-attention-notices";
import { KeyList } from "@/components/api-keys/list/key-list";
import { KeyListFilters } from "@/components/api-keys/list/key-list-filters";
import { KeyListPager } from "@/components/api-keys/list/key-list-pager";
import { NoKeyMatches, NoKeysYet } from "@/components/api-keys/list/no-keys";
import { UnnamedProxyNotice } from "@/components/api-keys/list/unnamed-proxy-notice";
import { FirstStepsCard } from "@/components/first-steps/first-steps-card";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { keysNeedingAttention } from "@/lib/access/api-keys/reading/keys-needing-attention";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import { readFirstSteps } from "@/lib/access/first-steps/read-first-steps";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { memberChoices } from "@/lib/people/members/list-members";
import { now } from "@/lib/platform/clock";
import { unnamedProxyOf } from "@/lib/platform/edge/unnamed-proxy";
import { ApiKeysSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "API keys" };

type ApiKeysPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function ApiKeysPage(props: ApiKeysPageProps) {
  return <QuickOrSkeleton skeleton={<ApiKeysSkeleton />} content={apiKeysPage(props)} />;
}

async function apiKeysPage({ searchParams }: ApiKeysPageProps) {
  const actor = await requireActor();
  const query = listKeysQuery.parse(await searchParams);
  const moment = now();
  const [found, attention, members, steps] = await Promise.all([
    listKeys(actor, query, moment),
    keysNeedingAttention(actor, moment),
    memberChoices(actor, "keys.read"),
    readFirstSteps(actor, moment),
  ]);
  const canCreate = can(actor, "keys.create");
  const owners = members.map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHeader
        title="API keys"
        description="Each key lets one tool into this workspace, with only the access you choose."
        actions={
          <>
            <Button asChild className="max-md:hidden">
              <Link href="/docs/quick-starts">
                <BookOpen aria-hidden />
                Quick starts
              </Link>
            </Button>
            {canCreate && (
              <Button variant="primary" asChild>
                <Link href="/settings/api-keys/new" aria-keyshortcuts="c">
                  <Plus aria-hidden />
                  Create API key
                </Link>
              </Button>
            )}
          </>
        }
      />
      {can(actor, "owners.manage") && (
        <UnnamedProxyNotice proxy={unnamedProxyOf(await headers())} />
      )}
      {steps && <FirstStepsCard steps={steps} canAddWebhook={can(actor, "webhooks.manage")} />}
      {found.total === 0 ? (
        <NoKeysYet canCreate={canCreate} />
      ) : (
        <>
          <KeyAttentionNotices attention={attention} now={moment} />
          <div className="group/list">
            <KeyListFilters query={query} owners={owners} />
            {found.keys.length === 0 ? (
              <NoKeyMatches />
            ) : (
              <KeyList keys={found.keys} now={moment} />
            )}
            <KeyListPager query={query} found={found} />
          </div>
        </>
      )}
    </>
  );
}
