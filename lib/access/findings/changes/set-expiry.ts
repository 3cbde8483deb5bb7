import { changeKey, keyRevoked } from "@/lib/access/api-keys/changes/change-key";
import { storeSettings } from "@/lib/access/api-keys/changes/store-settings";
import { expiryFrom } from "@/lib/access/api-keys/key/expiry";
import type { SetExpiryInput } from "@/lib/access/findings/kind/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { ok, type Result } from "@/lib/platform/result";

/** Makes a key expire this many days from now, and as many after each rotation. */
export async function setExpiry(
  actor: MemberActor,
  { keyId, days }: SetExpiryInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked">> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const settings = expiryFrom({ kind: "days", days }, now);
    await storeSettings(tx, actor, { key, settings }, now);
    return ok(null);
  });
}
