import { handOverDecoys } from "@/lib/access/member-removal/hand-over-decoys";
import { handOverKeys } from "@/lib/access/member-removal/hand-over-keys";
import type { RemoveMemberInput } from "@/lib/access/member-removal/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { endSessionsOf } from "@/lib/people/auth/session-store";
import {
  findTarget,
  isLastOwner,
  lastOwner,
  lockMembers,
  noSuchMember,
  type Target,
} from "@/lib/people/members/standing";
import { withdrawInvitations } from "@/lib/people/members/withdraw-invitations";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type RemovalFailure = "not_found" | "last_owner" | "heir_required";

/**
 * Removes a member and ends their sessions and unused invitations at once. Their keys go on working and belong
 * to the member `heirId`; without one, a member who owns keys is not removed (`heir_required`). Only owners
 * remove owners, and nobody removes the only owner (`last_owner`).
 */
export async function removeMember(
  actor: MemberActor,
  { memberId, heirId }: RemoveMemberInput,
  now: Date,
): Promise<Result<{ keysHandedOver: number }, RemovalFailure>> {
  return await transact(async (tx) => {
    const actorRole = await lockMembers(tx, actor);
    const target = actorRole && (await findTarget(tx, actor, actorRole, memberId));
    if (!target) return noSuchMember();
    if (await isLastOwner(tx, actor, target)) return lastOwner();
    const handedOver = await handOver(tx, actor, { target, heirId }, now);
    if (!handedOver.ok) return handedOver;
    const { workspaceId } = actor;
    await handOverDecoys(tx, { workspaceId, fromMemberId: target.id });
    await withdrawInvitations(tx, actor, { memberId: target.id, role: null }, now);
    await tx.member.deleteMany({ where: { id: target.id, workspaceId } });
    await endSessionsOf(tx, target.userId, "removed", now);
    const event = {
      action: "member.removed",
      target: { type: "member", id: target.id, name: target.name },
      changes: { role: { from: target.role, to: null } },
    } as const;
    await recordAudit(tx, actor, event, now);
    return ok({ keysHandedOver: handedOver.value });
  });
}

async function handOver(
  tx: Transaction,
  actor: MemberActor,
  { target, heirId }: { target: Target; heirId: string | null },
  now: Date,
): Promise<Result<number, "heir_required">> {
  // The lock keeps anybody from making a key for this member between the count and the removal.
  await tx.$executeRaw`SELECT 1 FROM member WHERE id = ${target.id} FOR UPDATE`;
  const keys = await tx.apiKey.count({
    where: { workspaceId: actor.workspaceId, ownerId: target.id, decoyPlace: null },
  });
  if (keys === 0) return ok(0);
  if (!heirId) return heirRequired();
  const plan = { fromMemberId: target.id, toMemberId: heirId };
  const handedOver = await handOverKeys(tx, actor, plan, now);
  return handedOver.ok ? ok(handedOver.value.count) : heirRequired();
}

function heirRequired(): Failure<"heir_required"> {
  const message = "Choose the owner or admin who gets the keys.";
  return fail("heir_required", message, { heirId: [message] });
}
