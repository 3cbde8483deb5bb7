import {
  changeKey,
  keyRevoked,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

type PauseFailure = "not_found" | "revoked" | "changed_meanwhile";

/** Makes the gate refuse a key until it is resumed. Pausing a paused key is `changed_meanwhile`. */
export async function pauseKey(
  actor: MemberActor,
  input: KeyIdInput,
  now: Date,
): Promise<Result<{ pausedAt: Date }, PauseFailure>> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    if (key.pausedAt) return fail("changed_meanwhile", "Somebody paused this key already.");
    await storePause(tx, actor, key, now, now);
    return ok({ pausedAt: now });
  });
}

/** Lets a paused key work again. Resuming a key that is not paused is `changed_meanwhile`. */
export async function resumeKey(
  actor: MemberActor,
  input: KeyIdInput,
  now: Date,
): Promise<Result<{ pausedAt: null }, PauseFailure>> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    if (!key.pausedAt) return fail("changed_meanwhile", "Somebody resumed this key already.");
    await storePause(tx, actor, key, null, now);
    return ok({ pausedAt: null });
  });
}

async function storePause(
  tx: Transaction,
  actor: MemberActor,
  key: LockedKey,
  pausedAt: Date | null,
  now: Date,
): Promise<void> {
  await updateLockedKey(tx, key, { pausedAt });
  const from = key.pausedAt?.toISOString() ?? null;
  const event = {
    action: pausedAt ? "key.paused" : "key.resumed",
    target: { type: "key", id: key.id, name: key.name },
    changes: { pausedAt: { from, to: pausedAt?.toISOString() ?? null } },
  } as const;
  await recordAudit(tx, actor, event, now);
}
