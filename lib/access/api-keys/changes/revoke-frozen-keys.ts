import { FREEZE_HOURS } from "@/lib/access/api-keys/key/limits";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { POSTERN } from "@/lib/people/audit/author";
import { type AuditEntry, recordForEach } from "@/lib/people/audit/record";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** The keys that are revoked in one transaction. More keys than these are frozen only where a program froze them. */
const TOGETHER_MAX = 500;

/**
 * Revokes the keys that nobody unfroze within 24 hours, as compromised, since nobody said that they are safe. Where
 * there are more than 500, the next hour revokes the rest.
 */
export async function revokeFrozenKeys(now: Date): Promise<void> {
  const frozenBefore = later(now, -FREEZE_HOURS * HOUR_MS);
  const revoked = await transact(async (tx) => {
    const keys = await tx.$queryRaw<{ id: string; workspaceId: string; name: string }[]>`
      UPDATE api_key SET revoked_at = ${now}, revoke_reason = 'compromised', revision = revision + 1
      WHERE id IN (
        SELECT id FROM api_key WHERE frozen_at <= ${frozenBefore} AND revoked_at IS NULL
        ORDER BY id LIMIT ${TOGETHER_MAX} FOR UPDATE SKIP LOCKED
      )
      RETURNING id, workspace_id AS "workspaceId", name`;
    const events = keys.map((key) => ({
      actor: { ...POSTERN, workspaceId: key.workspaceId },
      event: revokeOf(key, now),
    }));
    await recordForEach(tx, events, now);
    return keys;
  });
  for (const { id } of revoked) forgetKey(id);
}

function revokeOf({ id, name }: { id: string; name: string }, now: Date): AuditEntry {
  return {
    action: "key.revoked",
    target: { type: "key", id, name },
    changes: {
      revokedAt: { from: null, to: now.toISOString() },
      reason: { from: null, to: "compromised" },
    },
  };
}
