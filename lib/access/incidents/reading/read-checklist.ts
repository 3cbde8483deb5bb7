import { refusedSince } from "@/lib/access/activity/reading/callers/refused-callers";
import { leftToPutRight } from "@/lib/access/damage/putting-right/words";
import type { Damage } from "@/lib/access/damage/reading/read-damage";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { type Check, checklistOf } from "@/lib/access/incidents/reading/checklist";
import { colleaguesFor } from "@/lib/access/incidents/reading/colleagues";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The checklist of an incident as it is at `now`; `damage` is what the key did, null while no time is chosen. */
export async function readChecklist(
  actor: MemberActor,
  incident: ShownIncident,
  damage: Damage | null,
  now: Date,
): Promise<Check[]> {
  const { key, stoppedAt, replacementId } = incident;
  const keyId = key.id;
  const [replacement, refused, colleagues] = await Promise.all([
    replacementId
      ? reader().apiKey.findFirst({
          where: { id: replacementId, workspaceId: actor.workspaceId },
          select: { name: true },
        })
      : null,
    stoppedAt ? refusedSince(actor, { keyId, since: stoppedAt }) : [],
    colleaguesFor(actor, incident),
  ]);
  const facts = {
    incident,
    replacementName: replacement?.name ?? null,
    refused,
    left: damage && leftToPutRight(damage),
    hasColleagues: colleagues.length > 0,
  };
  return checklistOf(facts, now);
}
