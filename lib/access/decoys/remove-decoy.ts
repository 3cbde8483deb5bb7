import { lockKey, updateLockedKey } from "@/lib/access/api-keys/changes/change-key";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import type { DecoyIdInput } from "@/lib/access/decoys/schema";
import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Removes a decoy. Its secret is refused from now on, and what was found about it is closed. Its calls stay on record.
 * `not_found` for members who don't manage every key, and for a decoy that is gone.
 */
export async function removeDecoy(
  actor: MemberActor,
  { decoyId: keyId }: DecoyIdInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const { workspaceId } = actor;
  const removed = await transact(async (tx) => {
    const key = await lockKey(tx, workspaceId, keyId);
    const isThere = key && key.decoyPlace !== null && !key.revokedAt;
    if (!isThere || !can(actor, "keys.manage_all")) return noSuchDecoy();
    await updateLockedKey(tx, key, { revokedAt: now, revokeReason: "no_longer_needed" });
    const target = { type: "decoy", id: keyId, name: key.name } as const;
    const changes = firstValues({ place: key.decoyPlace });
    await recordAudit(tx, actor, { action: "decoy.removed", target, changes }, now);
    return ok(null);
  });
  forgetKey(keyId);
  if (removed.ok) await watchKey({ workspaceId, keyId }, now);
  return removed;
}

function noSuchDecoy() {
  return fail("not_found", "There is no such decoy any more.");
}
