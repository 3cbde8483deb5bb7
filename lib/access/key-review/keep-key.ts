import { changeKey, keyRevoked } from "@/lib/access/api-keys/changes/change-key";
import type { KeyIdInput } from "@/lib/access/api-keys/key/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { ok, type Result } from "@/lib/platform/result";

/** Puts on record that somebody looked at a key and kept it. The key itself, and its revision, stay as they are. */
export async function keepKey(
  actor: MemberActor,
  { keyId }: KeyIdInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked">> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    await tx.apiKey.updateMany({
      where: { id: key.id, workspaceId: key.workspaceId },
      data: { reviewedAt: now },
    });
    const target = { type: "key", id: key.id, name: key.name } as const;
    await recordAudit(tx, actor, { action: "key.kept", target }, now);
    return ok(null);
  });
}
