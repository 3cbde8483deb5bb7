import {
  type ChangeWords,
  changesInWords,
  type StoredChanges,
} from "@/lib/access/audit-log/change-words";
import { changesOf, type Deed, deedOf } from "@/lib/access/audit-log/event";
import type { KeyAction } from "@/lib/people/audit/audit-actions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";

/** One event in a key's history, in the audit log's words. */
export type KeyHistoryEvent = {
  id: string;
  at: Date;
  actorName: string;
  action: string;
  did: Deed;
  changes: ChangeWords[];
};

/** Fields that the key's own page shows elsewhere, or that repeat the time of the event. */
const LEFT_OUT: Partial<Record<string, readonly string[]>> = {
  "key.created": ["name", "description", "useCase", "environment", "owner", "secret"],
  "key.paused": ["pausedAt"],
  "key.frozen": ["frozenAt"],
  "key.revoked": ["revokedAt"],
} satisfies Partial<Record<KeyAction, readonly string[]>>;

/** The latest events of a key, newest first, at most `limit`. Whoever may read the key may read them. */
export async function keyHistory(
  actor: MemberActor,
  { keyId, limit }: { keyId: string; limit: number },
): Promise<KeyHistoryEvent[]> {
  if (!can(actor, "keys.read")) return [];
  const rows = await reader().auditEvent.findMany({
    where: { workspaceId: actor.workspaceId, targetType: "key", targetId: keyId },
    select: { id: true, at: true, actorName: true, action: true, targetName: true, changes: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ targetName, ...row }) => {
    const { action } = row;
    const changes = changesOf(row);
    const did = deedOf({ action, targetName, changes });
    return { ...row, did, changes: changesInWords(worthSaying(action, changes)) };
  });
}

function worthSaying(action: string, changes: StoredChanges): StoredChanges {
  const fields = Object.entries(changes).filter(([field]) => !LEFT_OUT[action]?.includes(field));
  return Object.fromEntries(fields);
}
