import type { MemberActor } from "@/lib/auth/actor";
import type { Reach } from "@/lib/contacts/count-contacts";
import { db } from "@/lib/db";

/** How many audiences of the actor's workspace a key of this reach could see. */
export async function countAudiences(
  { workspaceId }: MemberActor,
  { environment, audiences = [] }: Reach,
): Promise<number> {
  const limit = audiences.length > 0 ? { id: { in: [...audiences] } } : {};
  return await db.audience.count({ where: { workspaceId, environment, ...limit } });
}
