import {
  changeKey,
  keyRevoked,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import { FREEZE_HOURS } from "@/lib/access/api-keys/key/limits";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { freezeEnd } from "@/lib/access/api-keys/key/status";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Makes the gate refuse a key that may be in the wrong hands, from the next call on. This can be undone for 24 hours.
 * After that the key is revoked (`revokeFrozenKeys`). Freezing a frozen key is `changed_meanwhile`.
 */
export async function freezeKey(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<Result<{ frozenAt: Date }, "not_found" | "revoked" | "changed_meanwhile">> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    if (key.frozenAt) return fail("changed_meanwhile", "Somebody froze this key already.");
    await storeFreeze(tx, actor, key, now, now);
    return ok({ frozenAt: now });
  });
}

/**
 * Lets a frozen key in again, as it was before: a paused one stays paused. Asks for the second factor. `too_late` once
 * the 24 hours are over, `changed_meanwhile` where the key is not frozen.
 */
export async function unfreezeKey(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<
  Result<null, "not_found" | "revoked" | "too_late" | "changed_meanwhile"> | ConfirmationNeeded
> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    if (!key.frozenAt) return fail("changed_meanwhile", "Somebody unfroze this key already.");
    if (freezeEnd(key.frozenAt) <= now) {
      return fail("too_late", `The ${FREEZE_HOURS} hours are over: the key is being revoked.`);
    }
    const confirmation = needsConfirmation(actor, now);
    if (confirmation) return confirmation;
    await storeFreeze(tx, actor, key, null, now);
    return ok(null);
  });
}

async function storeFreeze(
  tx: Transaction,
  actor: MemberActor,
  key: LockedKey,
  frozenAt: Date | null,
  now: Date,
): Promise<void> {
  await updateLockedKey(tx, key, { frozenAt });
  const from = key.frozenAt?.toISOString() ?? null;
  const event = {
    action: frozenAt ? "key.frozen" : "key.unfrozen",
    target: { type: "key", id: key.id, name: key.name },
    changes: { frozenAt: { from, to: frozenAt?.toISOString() ?? null } },
  } as const;
  await recordAudit(tx, actor, event, now);
}
