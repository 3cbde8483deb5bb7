import {
  changeKey,
  keyNotFound,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import { UNDO_REVOKE_DAYS } from "@/lib/access/api-keys/key/limits";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { revokeUndoableUntil } from "@/lib/access/api-keys/key/undoable-revoke";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/**
 * Makes a revoked key work again as it was: from the next call on, with the same secrets, expiry and pause. Asks for
 * the second factor. `leaked` where somebody else may have the secret, `too_late` a week after the revoke,
 * `changed_meanwhile` where the key is not revoked, `not_found` also for members who don't manage every key.
 */
export async function undoRevoke(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<
  Result<null, "not_found" | "leaked" | "too_late" | "changed_meanwhile"> | ConfirmationNeeded
> {
  if (!can(actor, "keys.manage_all")) return keyNotFound();
  return await changeKey(actor, keyId, async (tx, key) => {
    if (!key.revokedAt) return fail("changed_meanwhile", "This key is not revoked any more.");
    if (!revokeUndoableUntil(key, now)) return refusal(key);
    const confirmation = needsConfirmation(actor, now);
    if (confirmation) return confirmation;
    await storeUndo(tx, actor, key, now);
    return ok(null);
  });
}

function refusal({ revokeReason }: LockedKey): Failure<"leaked" | "too_late"> {
  return revokeReason === "compromised"
    ? fail("leaked", "Somebody else may have this key's secret, so it stays revoked.")
    : fail("too_late", `A revoke can be undone for ${UNDO_REVOKE_DAYS} days, and these are over.`);
}

async function storeUndo(
  tx: Transaction,
  actor: MemberActor,
  key: LockedKey,
  now: Date,
): Promise<void> {
  await updateLockedKey(tx, key, { revokedAt: null, revokeReason: null, revokeNote: null });
  const event = {
    action: "key.revoke_undone",
    target: { type: "key", id: key.id, name: key.name },
    changes: { revokedAt: { from: key.revokedAt?.toISOString() ?? null, to: null } },
  } as const;
  await recordAudit(tx, actor, event, now);
}
