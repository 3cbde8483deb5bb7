import type { AuditAction } from "@/lib/people/audit/audit-actions";
import type { AuditField } from "@/lib/people/audit/audit-fields";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { Prisma } from "@/prisma/generated/client";

/** The changed thing. `name` is its name at that moment, because the record outlives the thing. */
export type AuditTarget = {
  type:
    | "workspace"
    | "member"
    | "invitation"
    | "key"
    | "decoy"
    | "finding"
    | "incident"
    | "contact"
    | "audience"
    | "template"
    | "campaign"
    | "email"
    | "domain"
    | "suppression"
    | "webhook"
    | "activity"
    | "audit";
  id: string;
  name: string;
};

/** Each changed field, with its value before and after. Never a secret, a hash or a password. */
export type AuditChanges = Partial<Record<AuditField, AuditChange>>;

/** The value of one field before and after. */
export type AuditChange = { from: AuditValue; to: AuditValue };

/** A value as the record holds it; an instant is ISO 8601 text. */
export type AuditValue = string | number | boolean | null | readonly string[];

/** The author of a change: a signed-in member, or a key or contact (`memberId` is null). */
export type AuditActor = Pick<MemberActor, "workspaceId" | "name" | "address" | "userAgent"> & {
  memberId: string | null;
};

/** One event: the action, its target, and the fields that changed. */
export type AuditEntry = { action: AuditAction; target: AuditTarget; changes?: AuditChanges };

/**
 * Writes one audit event inside the transaction that makes the change: both are stored, or neither. The database puts it
 * at the end of the workspace's chain as the transaction ends (docs/decisions/audit-chain.md).
 */
export async function recordAudit(
  transaction: Transaction,
  actor: AuditActor,
  event: AuditEntry,
  now: Date,
): Promise<void> {
  await recordAudits(transaction, actor, [event], now);
}

/** `recordAudit` for a change of several things, in one statement. */
export async function recordAudits(
  transaction: Transaction,
  actor: AuditActor,
  events: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  const rows = events.map((event) => ({ actor, event }));
  await recordForEach(transaction, rows, now);
}

/** `recordAudit` for events of several authors or workspaces, in one statement. */
export async function recordForEach(
  transaction: Transaction,
  events: readonly { actor: AuditActor; event: AuditEntry }[],
  now: Date,
): Promise<void> {
  const data = events.map(({ actor, event }) => rowOf(actor, event, now));
  // Each event locks the end of its workspace's chain in this order. All who record in several keep to one order.
  data.sort((one, other) => compareIds(one.workspaceId, other.workspaceId));
  await transaction.auditEvent.createMany({ data });
}

/** What a person did to their own account. */
export type AccountEvent = {
  action: Extract<AuditAction, `account.${string}`>;
  changes?: AuditChanges;
};

/** Writes what a person did to their account into the audit log of each workspace they belong to. */
export async function recordAccountEvent(
  transaction: Transaction,
  user: { id: string; name: string },
  request: Pick<AuditActor, "address" | "userAgent">,
  event: AccountEvent,
  now: Date,
): Promise<void> {
  const members = await transaction.member.findMany({
    where: { userId: user.id },
    select: { id: true, workspaceId: true },
  });
  const { address, userAgent } = request;
  const rows = members.map(({ id, workspaceId }) => {
    const actor = { workspaceId, memberId: id, name: user.name, address, userAgent };
    const target = { type: "member", id, name: user.name } as const;
    return { actor, event: { ...event, target } };
  });
  await recordForEach(transaction, rows, now);
}

function rowOf(actor: AuditActor, { action, target, changes }: AuditEntry, now: Date) {
  return {
    id: newId("aev", now),
    workspaceId: actor.workspaceId,
    at: now,
    actorId: actor.memberId,
    actorName: actor.name,
    action,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    changes: (changes ?? {}) as Prisma.InputJsonObject,
    address: actor.address,
    userAgent: actor.userAgent,
  };
}

function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
