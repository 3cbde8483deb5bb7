import type { Metadata } from "next";
import { AbilitiesCard } from "@/components/api-keys/details/abilities-card";
import { ASKABLE, type AskedDialog } from "@/components/api-keys/details/asked-dialog";
import { CallsCard } from "@/components/api-keys/details/calls-card";
import { DetailsCard } from "@/components/api-keys/details/details-card";
import { HistoryCard } from "@/components/api-keys/details/history-card";
import { KeyActions } from "@/components/api-keys/details/key-actions";
import { KeyNotices } from "@/components/api-keys/details/key-notices";
import { RecentRequestsCard } from "@/components/api-keys/details/recent-requests-card";
import { RotationCard } from "@/components/api-keys/details/rotation-card";
import { SecretsCard } from "@/components/api-keys/details/secrets-card";
import { UndoRevoke } from "@/components/api-keys/details/undo-revoke";
import type { Stakes } from "@/components/api-keys/dialogs/key-stakes";
import { LeakedButton } from "@/components/api-keys/dialogs/leaked-button";
import { KeyStatusPill } from "@/components/api-keys/key-status-pill";
import { Tag } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import {
  callersSince,
  dailyCalls,
  hourlyCalls,
  recentRequests,
  typicalDuration,
} from "@/lib/access/activity/reading/usage";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { keyHistory } from "@/lib/access/audit-log/key-history";
import { undoableNarrowing } from "@/lib/access/findings/reading/undoable-narrowing";
import { openIncidentOf } from "@/lib/access/incidents/reading/read-incidents";
import { countAudiences } from "@/lib/mail/audiences/count-audiences";
import { countContacts } from "@/lib/mail/contacts/count-contacts";
import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";
import { findKey } from "../find-key";
import { KeySkeleton } from "./skeleton";

const RECENT = 10;
const CHANGES = 50;

type KeyPageProps = {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<{ calls?: string | string[]; do?: string | string[] }>;
};

function reachOfKey({ environment, audiences }: KeyDetails) {
  return { environment, audiences: audiences.map(({ id }) => id) };
}

export async function generateMetadata({ params }: KeyPageProps): Promise<Metadata> {
  const { key } = await findKey((await params).keyId);
  return { title: key.name };
}

export default function KeyPage(props: KeyPageProps) {
  return <QuickOrSkeleton skeleton={<KeySkeleton />} content={keyPage(props)} />;
}

async function keyPage({ params, searchParams }: KeyPageProps) {
  const { keyId } = await params;
  const { actor, key, at } = await findKey(keyId);
  const { span, asked } = wishesOf(await searchParams);
  const retiring = key.secrets.find(({ state }) => state === "retiring");
  const movingMs = movingFor(key, at);
  const [
    history,
    contacts,
    audiences,
    days,
    hours,
    typicalMs,
    lastHour,
    lastDay,
    moving,
    requests,
    incident,
    narrowing,
  ] = await Promise.all([
    keyHistory(actor, { keyId, limit: CHANGES }),
    countContacts(actor, reachOfKey(key), at),
    countAudiences(actor, reachOfKey(key)),
    dailyCalls(actor, { keyId }, at),
    hourlyCalls(actor, { keyId }, at),
    typicalDuration(actor, { keyId }, at),
    callersSince(actor, { keyId, sinceMs: HOUR_MS }, at),
    callersSince(actor, { keyId, sinceMs: DAY_MS }, at),
    retiring && movingMs < HOUR_MS ? callersSince(actor, { keyId, sinceMs: movingMs }, at) : null,
    recentRequests(actor, { keyId, limit: RECENT }),
    openIncidentOf(actor, { keyId }, at),
    undoableNarrowing(actor, { keyId }, at),
  ]);
  return (
    <>
      <PageHeader
        title={key.name}
        description={key.description && <bdi>{key.description}</bdi>}
        back={{ href: "/settings/api-keys", label: "API keys" }}
        badge={
          <>
            <KeyStatusPill status={key.status} expiresAt={key.expiresAt} now={at} />
            {key.environment === "test" && <Tag line="dashed">Test</Tag>}
          </>
        }
        actions={actionsOn(key, { lastHour, lastDay }, asked)}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid min-w-0 gap-4">
          <KeyNotices apiKey={key} incident={incident} narrowing={narrowing} />
          {retiring?.retiresAt && key.status !== "revoked" && key.status !== "expired" && (
            <RotationCard
              apiKey={key}
              retiring={{ ...retiring, retiresAt: retiring.retiresAt }}
              callers={moving ?? lastHour}
              spanMs={movingMs}
            />
          )}
          {key.canSeeActivity ? (
            <>
              <CallsCard apiKey={key} span={span} days={days} hours={hours} typicalMs={typicalMs} />
              <RecentRequestsCard keyId={keyId} requests={requests} />
            </>
          ) : (
            <Notice tone="info">
              Only its owner, <bdi>{key.owner.name}</bdi>, and admins can see what this key does.
              Ask them if you need to know or want it changed.
            </Notice>
          )}
          <SecretsCard secrets={key.secrets} status={key.status} withUse={key.canSeeActivity} />
        </div>
        <div className="grid min-w-0 gap-4">
          <AbilitiesCard
            scopes={key.scopes}
            reached={{ contacts, audiences }}
            works={key.status !== "revoked" && key.status !== "expired"}
          />
          <DetailsCard apiKey={key} />
          <HistoryCard history={history} />
        </div>
      </div>
    </>
  );
}

/** What the member may do to the key as it stands. */
function actionsOn(key: KeyDetails, stakes: Stakes, asked: AskedDialog | null) {
  if (key.status === "revoked") {
    return (
      <>
        {key.undoableUntil && key.canUndoRevoke && <UndoRevoke keyId={key.id} />}
        {key.canManage && <LeakedButton keyId={key.id} asks={asked === "leaked"} />}
      </>
    );
  }
  return key.canManage && <KeyActions apiKey={key} stakes={stakes} asked={asked} />;
}

/** The period of the chart, and the dialog that a link leads to. */
function wishesOf(query: Awaited<KeyPageProps["searchParams"]>) {
  const asked = ASKABLE.find((dialog) => dialog === query.do) ?? null;
  return { span: query.calls === "24h" ? ("24h" as const) : ("30d" as const), asked };
}

/** How long callers could have used the new secret, an hour at most. Calls before that could not use it. */
function movingFor({ secrets }: KeyDetails, at: Date): number {
  const current = secrets.find(({ state }) => state === "current");
  return Math.min(HOUR_MS, current ? at.getTime() - current.createdAt.getTime() : HOUR_MS);
}
