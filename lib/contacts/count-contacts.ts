import type { MemberActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { Environment } from "@/prisma/generated/enums";

/** How many contacts of the actor's workspace a key of this environment could reach. */
export async function countContacts(
  actor: MemberActor,
  { environment }: { environment: Environment },
): Promise<number> {
  return await db.contact.count({ where: { workspaceId: actor.workspaceId, environment } });
}
