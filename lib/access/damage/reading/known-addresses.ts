import { busiestKnown } from "@/lib/access/activity/reading/callers/known-callers";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";

/**
 * The IP addresses of the callers of a key that are known at an instant, the busiest first. Empty where there are more
 * than five: such a key runs in a cloud or in browsers, where a limit would break it. Empty where the actor may not see
 * the key's activity.
 */
export async function knownAddresses(
  actor: MemberActor,
  { keyId, before }: { keyId: string; before: Date },
): Promise<string[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const addresses = await busiestKnown({ keyId, before, limit: FEW_ADDRESSES + 1 });
  return addresses.length > FEW_ADDRESSES ? [] : addresses;
}
