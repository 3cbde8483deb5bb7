import type { KeyAttention } from "@/lib/access/api-keys/key/shown-key";
import { expiringSoonBy } from "@/lib/access/api-keys/key/status";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { ApiKeySecret, Prisma } from "@/prisma/generated/client";

const MOST = 50;

/**
 * The working keys that need somebody's attention, the soonest first: they expire within two weeks, or their old
 * secret ends within a day and was used in the last hour, or their owner may no longer manage keys. A marketer
 * gets only their own.
 */
export async function keysNeedingAttention(actor: MemberActor, now: Date): Promise<KeyAttention[]> {
  const working = keysTheActorManages(actor, now);
  if (!working) return [];
  const keys = await reader().apiKey.findMany({
    where: {
      AND: [working, { OR: [expiring(now), endingInUse(now), { owner: { role: "viewer" } }] }],
    },
    select: {
      id: true,
      name: true,
      expiresAt: true,
      owner: { select: { role: true } },
      secrets: {
        where: { OR: [secretEndingInUse(now), { retiresAt: null }] },
        select: { retiresAt: true, createdAt: true, lastUsedAt: true },
      },
    },
    orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    take: MOST,
  });
  return keys.flatMap((key) => attentionTo(key, now)).sort(soonestFirst);
}

function keysTheActorManages(actor: MemberActor, now: Date): Prisma.ApiKeyWhereInput | null {
  const inUse = {
    workspaceId: actor.workspaceId,
    revokedAt: null,
    pausedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
  if (can(actor, "keys.manage_all")) return inUse;
  return can(actor, "keys.manage_own") ? { ...inUse, ownerId: actor.memberId } : null;
}

function expiring(now: Date): Prisma.ApiKeyWhereInput {
  return { expiresAt: { lte: expiringSoonBy(now) } };
}

function endingInUse(now: Date): Prisma.ApiKeyWhereInput {
  return { secrets: { some: secretEndingInUse(now) } };
}

function secretEndingInUse(now: Date): Prisma.ApiKeySecretWhereInput {
  return {
    retiresAt: { gt: now, lte: later(now, DAY_MS) },
    lastUsedAt: { gte: later(now, -HOUR_MS) },
  };
}

type Candidate = {
  id: string;
  name: string;
  expiresAt: Date | null;
  owner: { role: string };
  secrets: Pick<ApiKeySecret, "retiresAt" | "createdAt" | "lastUsedAt">[];
};

function attentionTo(key: Candidate, now: Date): KeyAttention[] {
  const about = { keyId: key.id, name: key.name };
  const soon = key.expiresAt && key.expiresAt <= expiringSoonBy(now);
  const ending = stillUsed(key.secrets);
  return [
    ...(soon ? [{ ...about, kind: "expiring" as const, at: key.expiresAt }] : []),
    ...(ending ? [{ ...about, kind: "old_secret_in_use" as const, at: ending.retiresAt }] : []),
    ...(key.owner.role === "viewer"
      ? [{ ...about, kind: "owner_cannot_manage" as const, at: null }]
      : []),
  ];
}

/** The old secret that was used after the new one was made, if there is one. */
function stillUsed(secrets: Candidate["secrets"]) {
  const current = secrets.find(({ retiresAt }) => !retiresAt);
  return secrets.find(
    ({ retiresAt, lastUsedAt }) =>
      retiresAt && current && lastUsedAt && lastUsedAt > current.createdAt,
  );
}

function soonestFirst(one: KeyAttention, other: KeyAttention): number {
  const never = Number.POSITIVE_INFINITY;
  return (one.at?.getTime() ?? never) - (other.at?.getTime() ?? never);
}
