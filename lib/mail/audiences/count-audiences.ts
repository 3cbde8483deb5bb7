import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/db";
import type { Environment } from "@/prisma/generated/enums";

/** What a key could reach: an environment, or the audiences of it that it is limited to. */
export type Reach = { environment: Environment; audiences?: readonly string[] };

/** How many audiences of the actor's workspace a key of this reach could see. */
export async function countAudiences(
  { workspaceId }: MemberActor,
  { environment, audiences = [] }: Reach,
): Promise<number> {
  const limit = audiences.length > 0 ? { id: { in: [...audiences] } } : {};
  return await db.audience.count({ where: { workspaceId, environment, ...limit } });
}
