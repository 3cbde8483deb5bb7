import { keyNotFound, type LockedKey, lockKey } from "@/lib/access/api-keys/changes/change-key";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/**
 * Locks the key whose deeds are put right, so that two people do it one after the other. `not_found` for members who
 * may not manage every key, since what a key did concerns more people than its owner.
 */
export async function lockManagedKey(
  tx: Transaction,
  actor: MemberActor,
  keyId: string,
): Promise<Result<LockedKey, "not_found">> {
  if (!can(actor, "keys.manage_all")) return keyNotFound();
  const key = await lockKey(tx, actor.workspaceId, keyId);
  return key ? ok(key) : keyNotFound();
}
