import type { MemberActor } from "@/lib/auth/actor";
import { visibleContacts } from "@/lib/contacts/visible-contacts";
import { db } from "@/lib/db";
import type { Environment } from "@/prisma/generated/enums";

/** What a key could reach: an environment, or the audiences of it that it is limited to. */
export type Reach = { environment: Environment; audiences?: readonly string[] };

/** How many contacts of the actor's workspace a key of this reach could see at `now`. */
export async function countContacts(
  { workspaceId }: MemberActor,
  { environment, audiences = [] }: Reach,
  now: Date,
): Promise<number> {
  const limits = audiences.length > 0 ? audiences : null;
  const visible = await visibleContacts(db, { workspaceId, environment, audiences: limits }, now);
  const rows = await db.$queryRaw<{ contacts: bigint }[]>`
    SELECT count(*) AS contacts FROM contact WHERE ${visible}`;
  return Number(rows[0]?.contacts ?? 0);
}
