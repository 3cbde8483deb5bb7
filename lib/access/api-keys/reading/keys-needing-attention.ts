import type { KeyAttention } from "@/lib/access/api-keys/key/shown-key";
import { expiringSoonBy } from "@/lib/access/api-keys/key/status";
import type { Judged } from "@/lib/access/findings/judging/judged";
import {
  judgeExpiring,
  judgeOldSecretInUse,
  judgeOwnerCannotManage,
} from "@/lib/access/findings/judging/judges";
import { STILL_IN_USE_MS } from "@/lib/access/findings/kind/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Prisma } from "@/prisma/generated/client";

const MOST = 50;

/**
 * The working keys that need somebody's attention before something stops working, the soonest first: they expire
 * soon, their old secret is still in use, or their owner may no longer manage keys. They are judged as findings are,
 * at the moment of reading. A marketer gets only their own.
 */
export async function keysNeedingAttention(actor: MemberActor, now: Date): Promise<KeyAttention[]> {
  const working = keysTheActorManages(actor, now);
  if (!working) return [];
  const keys = await reader().apiKey.findMany({
    where: {
      AND: [working, { OR: [expiring(now), oldSecretInUse(now), { owner: { role: "viewer" } }] }],
    },
    select: candidateSelect(now),
    orderBy: [{ expiresAt: { sort: "asc", nulls: "last" } }, { id: "asc" }],
    take: MOST,
  });
  return keys.flatMap((key) => attentionTo(key, now)).sort(soonestFirst);
}

const candidateSelect = (now: Date) =>
  ({
    id: true,
    name: true,
    createdAt: true,
    expiresAt: true,
    expiryDays: true,
    lastUsedAt: true,
    owner: { select: { role: true } },
    secrets: {
      where: { OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] },
      select: { retiresAt: true, createdAt: true, lastUsedAt: true },
    },
  }) satisfies Prisma.ApiKeySelect;

type Candidate = Prisma.ApiKeyGetPayload<{ select: ReturnType<typeof candidateSelect> }>;

function keysTheActorManages(actor: MemberActor, now: Date): Prisma.ApiKeyWhereInput | null {
  const inUse = {
    workspaceId: actor.workspaceId,
    decoyPlace: null,
    revokedAt: null,
    pausedAt: null,
    frozenAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
  if (can(actor, "keys.manage_all")) return inUse;
  return can(actor, "keys.manage_own") ? { ...inUse, ownerId: actor.memberId } : null;
}

function expiring(now: Date): Prisma.ApiKeyWhereInput {
  return { expiresAt: { lte: expiringSoonBy(now) } };
}

function oldSecretInUse(now: Date): Prisma.ApiKeyWhereInput {
  const inUse = { retiresAt: { gt: now }, lastUsedAt: { gt: later(now, -STILL_IN_USE_MS) } };
  return { secrets: { some: inUse } };
}

function attentionTo(key: Candidate, now: Date): KeyAttention[] {
  const { id: keyId, name, owner } = key;
  const rotation = { retiring: retiringOf(key, now), secretSince: secretSinceOf(key) };
  const judged = [
    judgeExpiring(key, now),
    judgeOldSecretInUse(rotation, now),
    judgeOwnerCannotManage({ ownerRole: owner.role }),
  ];
  return judged.flatMap((judgement) => {
    const reason = judgement && reasonOf(judgement);
    return reason ? [{ keyId, name, ...reason }] : [];
  });
}

/** A judgement as a reason to look at a key, with the instant at which something stops. */
function reasonOf({ kind, facts }: Judged): Pick<KeyAttention, "kind" | "at"> | null {
  switch (kind) {
    case "expiring":
      return { kind, at: facts.expiresAt };
    case "old_secret_in_use":
      return { kind, at: facts.retiresAt };
    case "owner_cannot_manage":
      return { kind, at: null };
    default:
      return null;
  }
}

function retiringOf({ secrets }: Candidate, now: Date) {
  const secret = secrets.find(({ retiresAt }) => retiresAt && retiresAt > now);
  if (!secret?.retiresAt) return null;
  const { retiresAt, lastUsedAt } = secret;
  return { retiresAt, lastUsedAt, lastUsedAddress: null, lastUsedAgent: null, calls: 0 };
}

function secretSinceOf({ secrets, createdAt }: Candidate): Date {
  return secrets.find(({ retiresAt }) => retiresAt === null)?.createdAt ?? createdAt;
}

function soonestFirst(one: KeyAttention, other: KeyAttention): number {
  const never = Number.POSITIVE_INFINITY;
  return (one.at?.getTime() ?? never) - (other.at?.getTime() ?? never);
}
