import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/db";
import { type Failure, invalidFields } from "@/lib/platform/result";

/** Whether the workspace sends from all of these domains. */
export async function areSendingDomains(
  tx: Transaction,
  { workspaceId }: MemberActor,
  names: readonly string[],
): Promise<boolean> {
  if (names.length === 0) return true;
  const known = await tx.sendingDomain.count({
    where: { workspaceId, name: { in: [...names] } },
  });
  return known === names.length;
}

/** The failure for domains that a key cannot be limited to, because the workspace does not name them. */
export function noSuchDomain(): Failure<"validation_error"> {
  return invalidFields({
    sendingDomains: ["One of these is not a sending domain any more. Choose again."],
  });
}
