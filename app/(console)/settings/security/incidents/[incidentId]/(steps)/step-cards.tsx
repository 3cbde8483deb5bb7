import { randomUUID } from "node:crypto";
import type { ReactNode } from "react";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { ReplaceCard } from "@/components/security/incident/replace-card";
import { ReviewCards } from "@/components/security/incident/review-cards";
import { StopCard } from "@/components/security/incident/stop-card";
import { SetupTextCard, WatchCard } from "@/components/security/incident/watch-card";
import { WhatHappened } from "@/components/security/incident/what-happened/what-happened";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { callersSince } from "@/lib/access/activity/reading/usage";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { knownAddresses } from "@/lib/access/damage/reading/known-addresses";
import { readDamage } from "@/lib/access/damage/reading/read-damage";
import type { Step } from "@/lib/access/incidents/incident/limits";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { setupText } from "@/lib/access/incidents/incident/words";
import { refusedSince } from "@/lib/access/incidents/reading/callers";
import { damageOf } from "@/lib/access/incidents/reading/damage-of";
import { readChecklist } from "@/lib/access/incidents/reading/read-checklist";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";
import { publicOrigin } from "@/lib/platform/public-origin";

/** The pause between two fetches of a page that shows who still calls. */
const LIVE_MS = 5_000;
const MONTH_MS = 30 * DAY_MS;

type Found = { actor: MemberActor; incident: ShownIncident; key: KeyDetails; at: Date };

/** The cards of one step of an incident, with what they show. `callers` names those whose deeds are put right. */
export async function stepCards(
  step: Step,
  found: Found,
  callers: string | undefined,
): Promise<ReactNode> {
  switch (step) {
    case 1:
      return await stopStep(found);
    case 2:
      return await whatHappenedStep(found, callers);
    case 3:
      return found.incident.replacementId
        ? await watchStep(found, found.incident.replacementId)
        : await replaceStep(found);
    case 4:
      return await reviewStep(found);
  }
}

async function stopStep({ actor, incident, key, at }: Found) {
  const keyId = key.id;
  const [lastHour, lastDay, lastMonth, refused] = await Promise.all([
    callersSince(actor, { keyId, sinceMs: HOUR_MS }, at),
    callersSince(actor, { keyId, sinceMs: DAY_MS }, at),
    callersSince(actor, { keyId, sinceMs: MONTH_MS }, at),
    incident.stoppedAt ? refusedSince(actor, { keyId, since: incident.stoppedAt }) : [],
  ]);
  return (
    <>
      <StopCard
        incident={incident}
        status={key.status}
        stakes={{ lastHour, lastDay }}
        lastMonth={lastMonth}
        refused={refused}
      />
      {incident.stop && !incident.closedAt && <RefreshEvery ms={LIVE_MS} />}
    </>
  );
}

async function whatHappenedStep({ actor, incident, key, at }: Found, callers: string | undefined) {
  const { id, since, canAct, stop } = incident;
  const damage = await readDamage(actor, { keyId: key.id, since, callers }, at);
  return (
    <WhatHappened
      damage={damage}
      incident={{ id, since, canAct, works: stop === null }}
      canPutRight={can(actor, "keys.manage_all")}
    />
  );
}

async function replaceStep({ actor, incident, key, at }: Found) {
  const before = incident.since ?? incident.openedAt;
  const known = await knownAddresses(actor, { keyId: key.id, before });
  return (
    <ReplaceCard
      incident={incident}
      leaked={key}
      known={known}
      today={at}
      creationToken={randomUUID()}
    />
  );
}

async function watchStep({ actor, incident, key, at }: Found, replacementId: string) {
  const sinceMs = at.getTime() - incident.openedAt.getTime();
  const [made, callers, refused] = await Promise.all([
    getKey(actor, { id: replacementId }, at),
    callersSince(actor, { keyId: replacementId, sinceMs }, at),
    refusedSince(actor, { keyId: key.id, since: incident.stoppedAt ?? incident.openedAt }),
  ]);
  if (!made.ok) return null;
  return (
    <>
      <WatchCard
        made={made.value}
        callers={callers}
        leaked={{ name: key.name, isStopped: incident.stop !== null }}
        refused={refused}
      />
      <SetupTextCard text={setupText(made.value, key.name, publicOrigin())} />
      {!incident.closedAt && <RefreshEvery ms={LIVE_MS} />}
    </>
  );
}

async function reviewStep({ actor, incident, at }: Found) {
  const damage = await damageOf(actor, incident, at);
  const checks = await readChecklist(actor, incident, damage, at);
  return (
    <ReviewCards
      incident={incident}
      memberId={actor.memberId}
      checks={checks}
      backHref={incidentUrl(incident.id, 2)}
    />
  );
}
