import type { MemberActor } from "@/lib/people/auth/actor";
import { canManageKey } from "@/lib/people/auth/permissions";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

const lockedSelect = {
  id: true,
  keyId: true,
  openedAt: true,
  since: true,
  handlerId: true,
  replacementId: true,
  putRightAt: true,
  revision: true,
  closedAt: true,
  handler: { select: { user: { select: { name: true } } } },
  key: {
    select: {
      id: true,
      name: true,
      ownerId: true,
      owner: { select: { role: true, user: { select: { name: true } } } },
      environment: true,
      description: true,
      scopes: true,
      audienceIds: true,
      sendingDomains: true,
      skipUnsubscribed: true,
      forgetBodies: true,
      ratePerMinute: true,
      recipientsPerMinute: true,
      recipientsPerDay: true,
      recipientsPerHour: true,
      contactsReadPerDay: true,
      frozenAt: true,
      revokedAt: true,
    },
  },
} satisfies Prisma.IncidentSelect;

/** An open incident with its key. Nobody else can change it until the transaction ends. */
export type LockedIncident = Prisma.IncidentGetPayload<{ select: typeof lockedSelect }>;

/**
 * Runs `change` on an open incident about a key that `actor` may manage, with the incident's row locked. `change` must
 * fail before its first write, since returning a failure commits. `not_found` for an incident that does not exist or
 * that the actor may not see to, `closed` for one that has ended.
 */
export async function changeIncident<T, Code extends string>(
  actor: MemberActor,
  incidentId: string,
  change: (tx: Transaction, incident: LockedIncident) => Promise<Result<T, Code>>,
): Promise<Result<T, Code | "not_found" | "closed">> {
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM incident WHERE id = ${incidentId} AND workspace_id = ${workspaceId} FOR UPDATE`;
    const incident = await tx.incident.findFirst({
      where: { id: incidentId, workspaceId },
      select: lockedSelect,
    });
    if (!incident || !canManageKey(actor, incident.key)) return noIncident();
    if (incident.closedAt) return fail("closed", "This incident has ended.");
    return await change(tx, incident);
  });
}

/** Stores new values of a locked incident. */
export async function updateLockedIncident(
  tx: Transaction,
  { id }: LockedIncident,
  values: Prisma.IncidentUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await tx.incident.updateMany({ where: { id, closedAt: null }, data: values });
  if (count !== 1) throw new Error(`The incident ${id} changed under its lock.`);
}

/** An incident as the audit log names it: by its key. */
export function targetOf({ id, key }: { id: string; key: { name: string } }) {
  return { type: "incident", id, name: key.name } as const;
}

/** The failure for an incident that does not exist and for one that the actor may not see. The two look the same. */
export function noIncident(): Failure<"not_found"> {
  return fail("not_found", "There is no such incident.");
}
