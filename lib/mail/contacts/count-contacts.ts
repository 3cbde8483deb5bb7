import type { Reach } from "@/lib/mail/audiences/count-audiences";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import type { MemberActor } from "@/lib/people/auth/actor";
import { limitedTo, viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The number of contacts of the actor's workspace that a key of this reach could see at `now`. */
export async function countContacts(
  actor: MemberActor,
  { environment, audiences = [] }: Reach,
  now: Date,
): Promise<number> {
  const view = viewOf(actor, environment);
  const reached = audiences.length > 0 ? limitedTo(view, audiences) : view;
  const visible = await visibleContacts(reader(), reached, now);
  const rows = await reader().$queryRaw<{ contacts: bigint }[]>`
    SELECT count(*) AS contacts FROM contact WHERE ${visible}`;
  return Number(rows[0]?.contacts ?? 0);
}
