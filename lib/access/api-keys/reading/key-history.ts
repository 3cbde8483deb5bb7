import type { KeyChange } from "@/lib/access/api-keys/key/shown-key";
import type { AuditChanges } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { db } from "@/lib/platform/database/db";

/** The latest changes to a key, newest first, at most `limit`. Who may read the key may read them. */
export async function keyHistory(
  actor: MemberActor,
  { keyId, limit }: { keyId: string; limit: number },
): Promise<KeyChange[]> {
  if (!can(actor, "keys.read")) return [];
  const events = await db.auditEvent.findMany({
    where: { workspaceId: actor.workspaceId, targetType: "key", targetId: keyId },
    select: { id: true, at: true, actorName: true, action: true, changes: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return events.map((event) => ({ ...event, changes: event.changes as AuditChanges }));
}
