import { hintOf } from "@/lib/access/api-keys/key/secret";
import type { KeyOwner, KeyRow } from "@/lib/access/api-keys/key/shown-key";
import { type KeyState, type KeyStatus, keyStatus } from "@/lib/access/api-keys/key/status";
import type { MemberActor } from "@/lib/people/auth/actor";
import { canManageKey } from "@/lib/people/auth/permissions";
import { isScope } from "@/lib/people/auth/scopes";
import type { Prisma } from "@/prisma/generated/client";

/** All columns of a secret except its hash. */
export const secretSelect = {
  id: true,
  lastFour: true,
  createdAt: true,
  retiresAt: true,
  expiresAt: true,
  lastUsedAt: true,
  lastUsedAddress: true,
  lastUsedAgent: true,
} satisfies Prisma.ApiKeySecretSelect;

/** The current secret, then the retiring one, then the retired ones by their end. */
export const newestSecretFirst = [
  { retiresAt: { sort: "desc", nulls: "first" } },
  { createdAt: "desc" },
] satisfies Prisma.ApiKeySecretOrderByWithRelationInput[];

const ownerSelect = {
  select: { id: true, role: true, user: { select: { name: true } } },
} as const;

/** The columns of a key that a list shows. `secrets` has only the secrets that are not retired at `now`. */
export const rowSelect = (now: Date) =>
  ({
    id: true,
    name: true,
    description: true,
    environment: true,
    scopes: true,
    ownerId: true,
    createdAt: true,
    lastUsedAt: true,
    expiresAt: true,
    pausedAt: true,
    frozenAt: true,
    revokedAt: true,
    owner: ownerSelect,
    secrets: {
      where: { OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] },
      select: { lastFour: true, retiresAt: true, lastUsedAt: true },
    },
  }) satisfies Prisma.ApiKeySelect;

export type RowRecord = Prisma.ApiKeyGetPayload<{ select: ReturnType<typeof rowSelect> }>;
export type SecretRecord = Prisma.ApiKeySecretGetPayload<{ select: typeof secretSelect }>;

/** A key as a list shows it to `actor`. */
export function toKeyRow(actor: MemberActor, key: RowRecord, now: Date): KeyRow {
  const current = key.secrets.find((secret) => secret.retiresAt === null);
  return {
    id: key.id,
    name: key.name,
    description: key.description,
    hint: hintOf(key.environment, current?.lastFour ?? ""),
    environment: key.environment,
    scopes: key.scopes.filter(isScope),
    status: statusOf(key, now),
    owner: toOwner(key.owner),
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
    expiresAt: key.expiresAt,
    retiringUntil: retiringUntilOf(key.secrets, now),
    canManage: canManageKey(actor, key),
  };
}

function toOwner(owner: RowRecord["owner"]): KeyOwner {
  return { id: owner.id, name: owner.user.name, role: owner.role };
}

/** The status of a key at `now`, from its columns and those of its secrets that were read. */
export function statusOf(
  key: Omit<KeyState, "retiringUntil"> & { secrets: readonly { retiresAt: Date | null }[] },
  now: Date,
): KeyStatus {
  return keyStatus({ ...key, retiringUntil: retiringUntilOf(key.secrets, now) }, now);
}

/** The end of the retiring secret, or null where the key has none. */
function retiringUntilOf(secrets: readonly { retiresAt: Date | null }[], now: Date): Date | null {
  const ends = secrets.flatMap(({ retiresAt }) =>
    retiresAt && retiresAt > now ? [retiresAt] : [],
  );
  return ends[0] ?? null;
}
