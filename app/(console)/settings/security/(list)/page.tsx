import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { WhoseKeyButton } from "@/components/key-lookup/whose-key-button";
import { DecoysCard } from "@/components/security/decoys/decoys-card";
import { FindingsCard } from "@/components/security/findings-card";
import { IncidentsCard } from "@/components/security/incident/incidents-card";
import { LastReviewCard } from "@/components/security/last-review-card";
import { LeakPolicyCard } from "@/components/security/leak-policy-card";
import { OrderCard } from "@/components/security/order-card";
import { ReviewKeysButton } from "@/components/security/review-keys-button";
import { RotationDaysCard } from "@/components/security/rotation-days-card";
import { ScoreCard } from "@/components/security/score-card";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { listDecoys } from "@/lib/access/decoys/list-decoys";
import { rotationDaysOf } from "@/lib/access/findings/changes/set-rotation-days";
import { findingsQuery } from "@/lib/access/findings/kind/schema";
import { listFindings } from "@/lib/access/findings/reading/read-findings";
import { readOrder } from "@/lib/access/findings/reading/read-order";
import { listIncidents } from "@/lib/access/incidents/reading/read-incidents";
import { lastReview } from "@/lib/access/key-review/last-review";
import { leakPolicyOf } from "@/lib/access/leaks/leak-policy";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { SECURITY_PURPOSE, SecuritySkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Security" };

type SecurityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function SecurityPage(props: SecurityPageProps) {
  return <QuickOrSkeleton skeleton={<SecuritySkeleton />} content={securityPage(props)} />;
}

async function securityPage({ searchParams }: SecurityPageProps) {
  const actor = await requireActor();
  const query = findingsQuery.parse(await searchParams);
  const moment = now();
  const mayReview = can(actor, "keys.manage_all");
  const [list, order, review, rotationDays, leakPolicy, decoys, incidents] = await Promise.all([
    listFindings(actor, query, moment),
    readOrder(actor, moment),
    lastReview(actor),
    rotationDaysOf(actor),
    leakPolicyOf(actor),
    listDecoys(actor),
    listIncidents(actor, moment),
  ]);
  const { open, dismissed, closed } = list.counts;
  const isNew = order.keys === 0 && open + dismissed + closed === 0;
  return (
    <>
      <PageHeader
        title="Security"
        description={SECURITY_PURPOSE}
        actions={
          <>
            <WhoseKeyButton />
            {mayReview && <ReviewKeysButton />}
          </>
        }
      />
      {!can(actor, "keys.manage_own") && (
        <Notice tone="info" className="mb-4">
          You can see everything here. A key's owner and admins can change it: send them the page of
          a finding.
        </Notice>
      )}
      {can(actor, "keys.manage_own") && !can(actor, "activity.read_all") && (
        <Notice tone="info" className="mb-4">
          You see your own keys here. Admins see those of everybody.
        </Notice>
      )}
      {isNew ? (
        <div className="grid gap-4">
          <EmptyState
            icon={ShieldCheck}
            title="No keys to look after yet"
            action={
              can(actor, "keys.create") && (
                <Button variant="primary" asChild>
                  <Link href="/settings/api-keys/new">Create API key</Link>
                </Button>
              )
            }
          >
            Once there are keys, this page says which of them need attention and what to do: those
            that expire, that nobody uses, or that may do more than they need.
          </EmptyState>
          {decoys && <DecoysCard decoys={decoys} />}
        </div>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
          <div className="grid min-w-0 gap-4">
            <FindingsCard query={query} list={list} />
            <OrderCard points={order.points} />
            {decoys && <DecoysCard decoys={decoys} />}
          </div>
          <div className="grid min-w-0 gap-4">
            <ScoreCard score={order.score} raises={order.raises} />
            {can(actor, "activity.read_all") && <LastReviewCard review={review} />}
            <IncidentsCard {...incidents} />
            <LeakPolicyCard policy={leakPolicy} mayChoose={mayReview} />
            <RotationDaysCard days={rotationDays} mayChoose={mayReview} />
          </div>
        </div>
      )}
    </>
  );
}
