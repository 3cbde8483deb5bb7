import { Notice } from "@/components/ui/notice";
import { type CallsSince, callsSince } from "@/lib/access/damage/reading/calls-since";
import { countChanged } from "@/lib/access/damage/reading/count-changed";
import { proposeSince } from "@/lib/access/damage/reading/propose-since";
import { waitingSince } from "@/lib/access/damage/reading/waiting";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { CallersCard } from "./callers-card";
import { DidCard } from "./did-card";
import { PutRightCard } from "./put-right-card";

type WhatHappenedProps = {
  actor: MemberActor;
  incident: {
    id: string;
    keyId: string;
    /** The chosen instant; null until somebody has chosen one. */
    since: Date | null;
    canAct: boolean;
    /** Whether the key still lets calls in. */
    works: boolean;
  };
  /** The callers whose deeds are put right, as the URL names them: “unknown”, “all” or an IP address. */
  callers: string | undefined;
  /** The URL of the step, to which a choice of callers is added. */
  page: string;
  now: Date;
};

/** What a leaked key did since a chosen instant, who did it, and what of it can be put right. */
export async function WhatHappened({ actor, incident, callers, page, now }: WhatHappenedProps) {
  const { id: incidentId, keyId, works } = incident;
  const proposed = await proposeSince(actor, { keyId }, now);
  const since = incident.since ?? proposed?.at ?? now;
  const did = proposed && (await callsSince(actor, { keyId, since }, now));
  if (!did) {
    return (
      <Notice tone="info">
        You can't see what this key did. Its owner, admins and owners of the workspace can.
      </Notice>
    );
  }
  const choice = choiceOf(callers, did);
  const damage = { keyId, since, addresses: addressesOf(choice, did) };
  const [waiting, changed] = await Promise.all([
    waitingSince(actor, damage),
    countChanged({ ...damage, workspaceId: actor.workspaceId }),
  ]);
  return (
    <>
      <DidCard
        did={did}
        waiting={waiting}
        since={{
          incidentId,
          at: since,
          isChosen: incident.since !== null,
          proposed,
          canChoose: incident.canAct,
        }}
      />
      <CallersCard did={did} keyId={keyId} since={since} />
      <PutRightCard
        damage={{ ...damage, since: since.toISOString() }}
        waiting={waiting}
        changed={changed}
        choice={choice}
        did={did}
        page={page}
        canAct={can(actor, "keys.manage_all")}
        works={works}
      />
    </>
  );
}

/** The callers that the URL names. Without one, those that are not known where there are any. */
function choiceOf(asked: string | undefined, did: CallsSince): string {
  const isCaller = did.callers.some(({ address }) => address === asked);
  if (asked && (asked === "all" || isCaller)) return asked;
  return did.unknownCount > 0 ? "unknown" : "all";
}

function addressesOf(choice: string, did: CallsSince): string[] | null {
  if (choice === "all") return null;
  if (choice !== "unknown") return [choice];
  return did.callers.filter(({ knownDays }) => knownDays === null).map(({ address }) => address);
}
