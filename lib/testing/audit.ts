import { type MemberActor, vouchForMember } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";

/** What the audit log of the actor's workspace says of a target, oldest first. */
export async function recordedOn({ workspaceId }: MemberActor, targetId: string) {
  return await db().auditEvent.findMany({
    where: { workspaceId, targetId },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { action: true, actorId: true, targetName: true, changes: true },
  });
}

/**
 * The same member, but with a user agent, which nothing else stores, that the audit log cannot store: what
 * they do must not be done.
 */
export function whoCannotBeRecorded(actor: MemberActor): MemberActor {
  return vouchForMember({ ...actor, userAgent: "\u0000" });
}
