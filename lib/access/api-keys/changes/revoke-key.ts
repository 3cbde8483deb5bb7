import { changeKey, updateLockedKey } from "@/lib/access/api-keys/changes/change-key";
import type { RevokeKeyInput } from "@/lib/access/api-keys/key/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Ends a key and all its secrets, from the next request on. The key stays listed with its history, and `undoRevoke`
 * brings it back unless it leaked. Revoking a revoked key is `already_revoked` and keeps the first reason.
 */
export async function revokeKey(
  actor: MemberActor,
  input: RevokeKeyInput,
  now: Date,
): Promise<Result<{ revokedAt: Date }, "not_found" | "already_revoked">> {
  const { keyId, reason, note } = input;
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return fail("already_revoked", "Somebody revoked this key already.");
    const revokeNote = note === "" ? null : note;
    await updateLockedKey(tx, key, { revokedAt: now, revokeReason: reason, revokeNote });
    const event = {
      action: "key.revoked",
      target: { type: "key", id: key.id, name: key.name },
      changes: {
        revokedAt: { from: null, to: now.toISOString() },
        reason: { from: null, to: reason },
        ...(revokeNote ? { note: { from: null, to: revokeNote } } : {}),
      },
    } as const;
    await recordAudit(tx, actor, event, now);
    return ok({ revokedAt: now });
  });
}
