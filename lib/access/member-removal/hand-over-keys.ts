import { findNewOwner } from "@/lib/access/api-keys/changes/find-new-owner";
import { statusOf } from "@/lib/access/api-keys/key/key-row";
import type { KeyStatus } from "@/lib/access/api-keys/key/status";
import { recordAudits } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** A key that would need a new owner if its own were removed. */
export type OwnedKey = { id: string; name: string; status: KeyStatus };

/**
 * A member's keys: the first of those in use, by name; the number of those in use; and the number that are
 * revoked or expired.
 */
export type OwnedKeys = { keys: OwnedKey[]; keyCount: number; stoppedCount: number };

const NAMED_MAX = 100;

/**
 * The keys that belong to a member, for the dialog that asks who gets them. At most 100 of those in use are
 * named.
 */
export async function keysOwnedBy(
  actor: MemberActor,
  { memberId }: { memberId: string },
  now: Date,
): Promise<OwnedKeys> {
  if (!can(actor, "keys.read")) return { keys: [], keyCount: 0, stoppedCount: 0 };
  const owned = { workspaceId: actor.workspaceId, ownerId: memberId, decoyPlace: null };
  const inUse = {
    ...owned,
    revokedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
  const keys = await reader().apiKey.findMany({
    where: inUse,
    select: {
      id: true,
      name: true,
      expiresAt: true,
      pausedAt: true,
      frozenAt: true,
      revokedAt: true,
      secrets: { where: { retiresAt: { gt: now } }, select: { retiresAt: true } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: NAMED_MAX,
  });
  const named = keys.map((key) => ({ id: key.id, name: key.name, status: statusOf(key, now) }));
  const keyCount = await reader().apiKey.count({ where: inUse });
  const all = await reader().apiKey.count({ where: owned });
  return { keys: named, keyCount, stoppedCount: all - keyCount };
}

/**
 * Gives all keys of a member to an admin or owner, in the transaction that removes the member. The keys go on
 * working. Fails with `not_found`, before it writes anything, when the new owner may not manage all keys of
 * this workspace, or `actor` may not remove members.
 */
export async function handOverKeys(
  tx: Transaction,
  actor: MemberActor,
  { fromMemberId, toMemberId }: { fromMemberId: string; toMemberId: string },
  now: Date,
): Promise<Result<{ count: number }, "not_found">> {
  if (!can(actor, "members.manage") || fromMemberId === toMemberId) return noNewOwner();
  const newOwner = await findNewOwner(tx, actor, toMemberId, "keys.manage_all");
  if (!newOwner) return noNewOwner();
  const owned = { workspaceId: actor.workspaceId, ownerId: fromMemberId, decoyPlace: null };
  const keys = await tx.apiKey.findMany({
    where: owned,
    select: { id: true, name: true, owner: { select: { user: { select: { name: true } } } } },
    orderBy: { id: "asc" },
  });
  const { count } = await tx.apiKey.updateMany({
    where: owned,
    data: { ownerId: newOwner.id, revision: { increment: 1 } },
  });
  if (count !== keys.length) throw new Error(`Keys of ${fromMemberId} changed hands meanwhile.`);
  const events = keys.map((key) => ({
    action: "key.owner_changed" as const,
    target: { type: "key" as const, id: key.id, name: key.name },
    changes: { owner: { from: key.owner.user.name, to: newOwner.name } },
  }));
  await recordAudits(tx, actor, events, now);
  return ok({ count });
}

function noNewOwner(): Failure<"not_found"> {
  return fail("not_found", "Choose an admin of this workspace who gets the keys.");
}
