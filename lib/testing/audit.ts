import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";

/** The audit events about a target in the actor's workspace, oldest first. */
export async function recordedOn({ workspaceId }: MemberActor, targetId: string) {
  return await db().auditEvent.findMany({
    where: { workspaceId, targetId },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { action: true, actorId: true, targetName: true, changes: true },
  });
}

/**
 * The same member, but with a user agent that the audit log cannot store. Nothing else stores it, so a change by
 * this member fails only at its audit event, and must be undone.
 */
export function whoCannotBeRecorded(actor: MemberActor): MemberActor {
  return vouchForMember({ ...actor, userAgent: "\u0000" });
}
