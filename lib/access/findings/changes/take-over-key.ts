import { changeKey, keyRevoked, updateLockedKey } from "@/lib/access/api-keys/changes/change-key";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { fail, ok, type Result } from "@/lib/platform/result";

/** Makes the actor the owner of a key. `already_yours` where they are. */
export async function takeOverKey(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked" | "already_yours">> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    if (key.ownerId === actor.memberId) return fail("already_yours", "This key is yours already.");
    await updateLockedKey(tx, key, { ownerId: actor.memberId });
    const target = { type: "key", id: key.id, name: key.name } as const;
    const changes = { owner: { from: key.owner.user.name, to: actor.name } };
    await recordAudit(tx, actor, { action: "key.owner_changed", target, changes }, now);
    return ok(null);
  });
}
