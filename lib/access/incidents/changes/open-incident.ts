import {
  changeKey,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { targetOf } from "@/lib/access/incidents/changes/change-incident";
import { TOLD_MAX } from "@/lib/access/incidents/incident/limits";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { rolesWith } from "@/lib/people/auth/permissions";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";
import { ok, type Result } from "@/lib/platform/result";

/**
 * The open incident of a key that leaked. It is a new one, of which the key's owner and all admins are told by mail, or
 * the one that a colleague has opened already. It stops nothing by itself. A key that was revoked before counts as
 * leaked from now on, so that nobody brings it back. `not_found` for members who may not manage the key.
 */
export async function openIncident(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<Result<{ incidentId: string }, "not_found">> {
  // The key's row is locked. Where two people open an incident at once, the second one takes up the first one's.
  return await changeKey(actor, keyId, async (tx, key) => {
    const open = await tx.incident.findFirst({
      where: { workspaceId: key.workspaceId, keyId, closedAt: null },
      select: { id: true },
    });
    if (open) return ok({ incidentId: open.id });
    return ok({ incidentId: await storeIncident(tx, actor, key, now) });
  });
}

async function storeIncident(
  tx: Transaction,
  actor: MemberActor,
  key: LockedKey,
  now: Date,
): Promise<string> {
  const { workspaceId } = actor;
  const id = newId("inc", now);
  const told = await tellOfIncident(tx, actor, key, id);
  await tx.incident.create({
    data: { id, workspaceId, keyId: key.id, openedAt: now, openedBy: actor.name, told },
    select: { id: true },
  });
  if (key.revokedAt && key.revokeReason !== "compromised") {
    await updateLockedKey(tx, key, { revokeReason: "compromised" });
  }
  const changes = told.length > 0 ? { told: { from: null, to: told } } : {};
  const target = targetOf({ id, key });
  await recordAudit(tx, actor, { action: "incident.opened", target, changes }, now);
  return id;
}

/** Queues a mail to the key's owner and everybody who manages all keys, except the actor. Returns their names. */
async function tellOfIncident(
  tx: Transaction,
  actor: MemberActor,
  { workspaceId, ownerId }: LockedKey,
  incidentId: string,
): Promise<string[]> {
  if (!canSendOwnMail()) return [];
  const members = await tx.member.findMany({
    where: {
      workspaceId,
      id: { not: actor.memberId },
      OR: [{ id: ownerId }, { role: { in: [...rolesWith("keys.manage_all")] } }],
    },
    orderBy: { id: "asc" },
    take: TOLD_MAX,
    select: { id: true, user: { select: { name: true } } },
  });
  await enqueueJobs(
    tx,
    members.map(({ id: memberId }) => {
      return { task: "mail_incident", payload: { memberId, incidentId, why: "opened" } } as const;
    }),
  );
  return members.map(({ user }) => user.name);
}
