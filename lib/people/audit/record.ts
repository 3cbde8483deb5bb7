import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import type { Prisma } from "@/prisma/generated/client";

/** Every kind of event in the audit log, named by what the member did. */
export type AuditAction =
  | "workspace.created"
  | "member.invited"
  | "member.invitation_revoked"
  | "member.joined"
  | "member.role_changed"
  | "member.removed"
  | "account.password_changed"
  | "account.signed_out_everywhere"
  | "key.created"
  | "key.edited"
  | "key.rotated"
  | "key.rotation_ended"
  | "key.rotation_extended"
  | "key.paused"
  | "key.resumed"
  | "key.revoked"
  | "key.owner_changed"
  | "contact.resubscribed"
  | "audience.created"
  | "audience.renamed"
  | "audience.rule_changed"
  | "audience.deleted"
  | "template.created"
  | "template.changed"
  | "template.deleted"
  | "campaign.created"
  | "campaign.changed"
  | "campaign.sent"
  | "campaign.scheduled"
  | "campaign.canceled"
  | "campaign.deleted"
  | "campaign.exported"
  | "email.canceled"
  | "domain.added"
  | "domain.removed"
  | "suppression.added"
  | "suppression.removed"
  | "activity.exported"
  | "audit.exported";

export type AuditTarget = {
  type:
    | "workspace"
    | "member"
    | "invitation"
    | "key"
    | "contact"
    | "audience"
    | "template"
    | "campaign"
    | "email"
    | "domain"
    | "suppression"
    | "activity"
    | "audit";
  id: string;
  name: string;
};

/** Each changed field with its value before and after. Never a secret, a hash or a password. */
export type AuditChanges = Record<string, { from: AuditValue; to: AuditValue }>;
export type AuditValue = string | number | boolean | null | readonly string[];

/** A signed-in member, or a person who becomes one in the same transaction. */
export type AuditActor = Pick<MemberActor, "workspaceId" | "name" | "address" | "userAgent"> & {
  memberId: string | null;
};

/** One event: the action, the thing it was done to, and the fields that changed. */
export type AuditEntry = { action: AuditAction; target: AuditTarget; changes?: AuditChanges };

/**
 * Writes one audit event in the transaction of the change: either both are stored or neither is.
 */
export async function recordAudit(
  transaction: Transaction,
  actor: AuditActor,
  event: AuditEntry,
  now: Date,
): Promise<void> {
  await recordAudits(transaction, actor, [event], now);
}

/** Writes the audit events of a change to many things, in one statement. */
export async function recordAudits(
  transaction: Transaction,
  actor: AuditActor,
  events: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  await transaction.auditEvent.createMany({
    data: events.map(({ action, target, changes }) => ({
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
    })),
  });
}
