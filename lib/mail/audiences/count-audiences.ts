import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

/** The reach of a key: an environment, or only some audiences in it where the key is limited to them. */
export type Reach = { environment: Environment; audiences?: readonly string[] };

/** The number of audiences of the actor's workspace that a key of this reach could see. */
export async function countAudiences(
  { workspaceId }: MemberActor,
  { environment, audiences = [] }: Reach,
): Promise<number> {
  const limit = audiences.length > 0 ? { id: { in: [...audiences] } } : {};
  return await reader().audience.count({ where: { workspaceId, environment, ...limit } });
}
