import { changeKey, keyRevoked } from "@/lib/access/api-keys/changes/change-key";
import { storeSettings } from "@/lib/access/api-keys/changes/store-settings";
import { addressAllowed } from "@/lib/access/api-keys/key/allowed-addresses";
import type { LimitAddressesInput } from "@/lib/access/findings/kind/schema";
import { callingFrom } from "@/lib/access/findings/watching/read-use";
import type { MemberActor } from "@/lib/people/auth/actor";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Limits a key that works from anywhere to the IP addresses that it called from in the last 30 days.
 * `changed_meanwhile` when it has a limit by now, or has called from elsewhere.
 */
export async function limitAddresses(
  actor: MemberActor,
  { keyId, addresses }: LimitAddressesInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked" | "changed_meanwhile">> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const from = (await callingFrom(tx, [keyId], now)).get(keyId);
    const isCovered = from?.addresses.every(({ address }) => addressAllowed(addresses, address));
    if (key.allowedAddresses.length > 0 || !isCovered) {
      return fail(
        "changed_meanwhile",
        "The key was changed, or has called from another IP address, since this page was made. Nothing was changed: reload to see what is so now.",
      );
    }
    await storeSettings(tx, actor, { key, settings: { allowedAddresses: addresses } }, now);
    return ok(null);
  });
}
