import { findNewOwner, type NewOwner } from "@/lib/access/api-keys/changes/find-new-owner";
import {
  changeIncident,
  type LockedIncident,
  targetOf,
  updateLockedIncident,
} from "@/lib/access/incidents/changes/change-incident";
import type { HandOverInput } from "@/lib/access/incidents/incident/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Hands an incident over to a colleague who may manage its key, and tells them: by the bell, and by mail where there is
 * a mail server. Everybody else who may manage the key can still go on with it. `no_such_colleague` for a member who
 * may not manage the key, for the actor, and for the member who has it already.
 */
export async function handOverIncident(
  actor: MemberActor,
  { incidentId, memberId }: HandOverInput,
  now: Date,
): Promise<Result<null, "not_found" | "closed" | "no_such_colleague">> {
  return await changeIncident(actor, incidentId, async (tx, incident) => {
    const colleague = await colleagueFor(tx, actor, incident, memberId);
    if (!colleague) {
      return fail("no_such_colleague", "Choose a colleague who may manage this key.");
    }
    await updateLockedIncident(tx, incident, { handlerId: memberId, handedAt: now });
    const from = incident.handler?.user.name ?? null;
    const changes = { handler: { from, to: colleague.name } };
    const target = targetOf(incident);
    await recordAudit(tx, actor, { action: "incident.handed_over", target, changes }, now);
    if (canSendOwnMail()) {
      await enqueueJob(tx, "mail_incident", { memberId, incidentId, why: "handed_over" });
    }
    return ok(null);
  });
}

async function colleagueFor(
  tx: Transaction,
  actor: MemberActor,
  { handlerId, key }: LockedIncident,
  memberId: string,
): Promise<NewOwner | null> {
  if (memberId === actor.memberId || memberId === handlerId) return null;
  const needed = memberId === key.ownerId ? "keys.manage_own" : "keys.manage_all";
  return await findNewOwner(tx, actor, memberId, needed);
}
