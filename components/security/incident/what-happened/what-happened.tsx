import { Notice } from "@/components/ui/notice";
import type { Damage } from "@/lib/access/damage/reading/read-damage";
import { CallersCard } from "./callers-card";
import { DidCard } from "./did-card";
import { PutRightCard } from "./put-right-card";

type WhatHappenedProps = {
  /** Null where the member may not see it. */
  damage: Damage | null;
  incident: {
    id: string;
    /** The chosen instant; null until somebody has chosen one. */
    since: Date | null;
    canAct: boolean;
    /** True while the key lets calls in. */
    works: boolean;
  };
  /** True where the member may cancel and restore what any key did. */
  canPutRight: boolean;
};

/** The calls of a leaked key since a chosen instant, who made them, and which of their effects can be put right. */
export function WhatHappened({ damage, incident, canPutRight }: WhatHappenedProps) {
  if (!damage) {
    return <Notice tone="info">You can't see what this key did. Its owner and admins can.</Notice>;
  }
  const { did, proposed, asked, waiting } = damage;
  const since = {
    incidentId: incident.id,
    at: asked.since,
    isChosen: incident.since !== null,
    proposed,
    canChoose: incident.canAct,
  };
  return (
    <>
      <DidCard did={did} waiting={waiting} since={since} />
      <CallersCard did={did} keyId={asked.keyId} since={asked.since} />
      <PutRightCard
        damage={damage}
        incidentId={incident.id}
        canAct={canPutRight}
        works={incident.works}
      />
    </>
  );
}
