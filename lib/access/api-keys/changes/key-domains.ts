import type { MemberActor } from "@/lib/people/auth/actor";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { type Failure, invalidFields } from "@/lib/platform/result";

/** Whether all of these are sending domains of the workspace. */
export async function areSendingDomains(
  tx: Reader,
  { workspaceId }: MemberActor,
  names: readonly string[],
): Promise<boolean> {
  if (names.length === 0) return true;
  const known = await tx.sendingDomain.count({
    where: { workspaceId, name: { in: [...names] } },
  });
  return known === names.length;
}

/** The failure for limiting a key to domains that are not the workspace's sending domains. */
export function noSuchDomain(): Failure<"validation_error"> {
  return invalidFields({
    sendingDomains: ["One of these is not a sending domain any more. Choose again."],
  });
}
