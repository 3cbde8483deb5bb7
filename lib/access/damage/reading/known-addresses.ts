import { knownCallers } from "@/lib/access/activity/reading/known-callers";
import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

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
  const rows = await reader().$queryRaw<{ address: string }[]>`
    SELECT address FROM (${knownCallers(keyId, before)}) AS known
    ORDER BY calls DESC, address LIMIT ${FEW_ADDRESSES + 1}`;
  return rows.length > FEW_ADDRESSES ? [] : rows.map(({ address }) => address);
}
