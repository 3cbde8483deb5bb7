import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { mayHaveChanged, refusedSince } from "@/lib/access/incidents/reading/callers";
import { type Check, checklistOf } from "@/lib/access/incidents/reading/checklist";
import { colleaguesFor } from "@/lib/access/incidents/reading/colleagues";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The checklist of an incident as it is at `now`. */
export async function readChecklist(
  actor: MemberActor,
  incident: ShownIncident,
  now: Date,
): Promise<Check[]> {
  const { key, since, stoppedAt, replacementId } = incident;
  const keyId = key.id;
  const [replacement, refused, changed, colleagues] = await Promise.all([
    replacementId
      ? reader().apiKey.findFirst({
          where: { id: replacementId, workspaceId: actor.workspaceId },
          select: { name: true },
        })
      : null,
    stoppedAt ? refusedSince(actor, { keyId, since: stoppedAt }) : [],
    since ? mayHaveChanged(actor, { keyId, since }) : null,
    colleaguesFor(actor, incident),
  ]);
  const facts = {
    incident,
    replacementName: replacement?.name ?? null,
    refused,
    mayHaveChanged: changed,
    hasColleagues: colleagues.length > 0,
  };
  return checklistOf(facts, now);
}
