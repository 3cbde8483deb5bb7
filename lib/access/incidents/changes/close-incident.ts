import {
  changeIncident,
  targetOf,
  updateLockedIncident,
} from "@/lib/access/incidents/changes/change-incident";
import type { IncidentIdInput } from "@/lib/access/incidents/incident/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Ends an incident. From then on its texts and its report stay as they are. `still_frozen` while its key waits for
 * somebody to decide.
 */
export async function closeIncident(
  actor: MemberActor,
  { incidentId }: IncidentIdInput,
  now: Date,
): Promise<Result<null, "not_found" | "closed" | "still_frozen">> {
  return await changeIncident(actor, incidentId, async (tx, incident) => {
    if (incident.key.frozenAt && !incident.key.revokedAt) {
      return fail("still_frozen", "The key is frozen. Revoke it or unfreeze it first.");
    }
    await updateLockedIncident(tx, incident, { closedAt: now, closedBy: actor.name });
    await recordAudit(tx, actor, { action: "incident.closed", target: targetOf(incident) }, now);
    return ok(null);
  });
}
