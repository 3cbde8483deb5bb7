import type { Reach } from "@/lib/mail/audiences/count-audiences";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/db";

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
