import { keysOwnedBy, type OwnedKeys } from "@/lib/access/member-removal/hand-over-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type MemberChoice, memberChoices } from "@/lib/people/members/list-members";
import { canManage } from "@/lib/people/members/standing";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** A member's keys, and the members who could get them (`heirs`). */
export type RemovalFacts = OwnedKeys & { heirs: MemberChoice[] };

/** The facts to decide on before this member is removed. `not_found` where `actor` may not remove them. */
export async function removalFacts(
  actor: MemberActor,
  { memberId }: { memberId: string },
  now: Date,
): Promise<Result<RemovalFacts, "not_found">> {
  const target = await reader().member.findFirst({
    where: { id: memberId, workspaceId: actor.workspaceId },
    select: { role: true },
  });
  if (!target || !canManage(actor, target.role))
    return fail("not_found", "There is no such member.");
  const heirs = await memberChoices(actor, "keys.manage_all");
  return ok({
    ...(await keysOwnedBy(actor, { memberId }, now)),
    heirs: heirs.filter(({ id }) => id !== memberId),
  });
}
