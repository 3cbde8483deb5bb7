import type { MemberActor } from "@/lib/auth/actor";
import type { Transaction } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { Prisma } from "@/prisma/generated/client";

/** Everything the audit log can say happened, in the words of the one who did it. */
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
  | "activity.exported"
  | "audit.exported";

export type AuditTarget = {
  type: "workspace" | "member" | "invitation" | "key" | "activity" | "audit";
  id: string;
  name: string;
};

/** From → to, field by field. Never a secret, a hash or a password. */
export type AuditChanges = Record<string, { from: AuditValue; to: AuditValue }>;
export type AuditValue = string | number | boolean | null | readonly string[];

/** Who did it: a signed-in member, or a person who becomes one in the same transaction. */
export type AuditActor = Pick<MemberActor, "workspaceId" | "name" | "address" | "userAgent"> & {
  memberId: string | null;
};

/**
 * Writes one audit event inside the transaction that makes the change, so that there is never one
 * without the other.
 */
export async function recordAudit(
  transaction: Transaction,
  actor: AuditActor,
  event: { action: AuditAction; target: AuditTarget; changes?: AuditChanges },
  now: Date,
): Promise<void> {
  await transaction.auditEvent.create({
    data: {
      id: newId("aud", now),
      workspaceId: actor.workspaceId,
      at: now,
      actorId: actor.memberId,
      actorName: actor.name,
      action: event.action,
      targetType: event.target.type,
      targetId: event.target.id,
      targetName: event.target.name,
      changes: (event.changes ?? {}) as Prisma.InputJsonObject,
      address: actor.address,
      userAgent: actor.userAgent,
    },
    select: { id: true },
  });
}
