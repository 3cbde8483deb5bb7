import { DECISIONS, type Decision } from "@/lib/access/key-review/decisions";
import type { AuditChange } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The last review that was signed off: who did when, and how many keys were decided on in each way. */
export type LastReview = { by: string; at: Date; decided: Record<Decision, number> };

/** The last review of the workspace's keys, or null before the first one. For members who see every key's activity. */
export async function lastReview(actor: MemberActor): Promise<LastReview | null> {
  if (!can(actor, "activity.read_all")) return null;
  const event = await reader().auditEvent.findFirst({
    where: { workspaceId: actor.workspaceId, action: "workspace.keys_reviewed" },
    select: { actorName: true, at: true, changes: true },
    orderBy: { id: "desc" },
  });
  if (!event) return null;
  const changes = event.changes as Partial<Record<string, AuditChange>>;
  const counts = DECISIONS.map((decision) => [decision, Number(changes[decision]?.to ?? 0)]);
  return { by: event.actorName, at: event.at, decided: Object.fromEntries(counts) };
}
