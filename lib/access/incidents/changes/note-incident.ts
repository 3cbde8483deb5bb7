import {
  changeIncident,
  targetOf,
  updateLockedIncident,
} from "@/lib/access/incidents/changes/change-incident";
import type {
  IncidentIdInput,
  NoteIncidentInput,
  SetSinceInput,
} from "@/lib/access/incidents/incident/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** Sets the time from which the key's calls count as somebody else's. A time in the future is a `validation_error`. */
export async function setSince(
  actor: MemberActor,
  { incidentId, since }: SetSinceInput,
  now: Date,
): Promise<Result<{ since: Date }, "not_found" | "closed" | "validation_error">> {
  return await changeIncident(actor, incidentId, async (tx, incident) => {
    if (since > now) return invalidFields({ since: ["Choose a time that has passed."] });
    await updateLockedIncident(tx, incident, { since });
    const from = incident.since?.toISOString() ?? null;
    const changes = { since: { from, to: since.toISOString() } };
    const target = targetOf(incident);
    await recordAudit(tx, actor, { action: "incident.since_set", target, changes }, now);
    return ok({ since });
  });
}

/**
 * Stores the notes of an incident and the people that it touched. `changed_meanwhile` where a colleague wrote after the
 * form was filled. The audit log says that something was written, not what.
 */
export async function noteIncident(
  actor: MemberActor,
  { incidentId, revision, notes, affected }: NoteIncidentInput,
  now: Date,
): Promise<Result<{ revision: number }, "not_found" | "closed" | "changed_meanwhile">> {
  return await changeIncident(actor, incidentId, async (tx, incident) => {
    if (incident.revision !== revision) {
      return fail(
        "changed_meanwhile",
        "A colleague wrote here meanwhile. Copy what you typed, reload the page and add it.",
      );
    }
    await updateLockedIncident(tx, incident, { notes, affected, revision: revision + 1 });
    await recordAudit(tx, actor, { action: "incident.noted", target: targetOf(incident) }, now);
    return ok({ revision: revision + 1 });
  });
}

/** Notes that nothing the key did is left to put right. A second time changes nothing. */
export async function markPutRight(
  actor: MemberActor,
  { incidentId }: IncidentIdInput,
  now: Date,
): Promise<Result<null, "not_found" | "closed">> {
  return await changeIncident(actor, incidentId, async (tx, incident) => {
    if (incident.putRightAt) return ok(null);
    await updateLockedIncident(tx, incident, { putRightAt: now });
    await recordAudit(tx, actor, { action: "incident.put_right", target: targetOf(incident) }, now);
    return ok(null);
  });
}
