import { newestSecretFirst, secretSelect } from "@/lib/access/api-keys/key/key-row";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import type { MemberActor } from "@/lib/people/auth/actor";
import { canManageKey } from "@/lib/people/auth/permissions";
import { type Reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

const lockedKeySelect = {
  id: true,
  workspaceId: true,
  name: true,
  description: true,
  environment: true,
  scopes: true,
  allowedAddresses: true,
  audienceIds: true,
  sendingDomains: true,
  skipUnsubscribed: true,
  forgetBodies: true,
  ownerId: true,
  expiryDays: true,
  expiresAt: true,
  ratePerMinute: true,
  recipientsPerMinute: true,
  recipientsPerDay: true,
  recipientsPerHour: true,
  contactsReadPerDay: true,
  decoyPlace: true,
  revision: true,
  pausedAt: true,
  frozenAt: true,
  revokedAt: true,
  revokeReason: true,
  owner: { select: { user: { select: { name: true } } } },
  secrets: { select: secretSelect, orderBy: newestSecretFirst },
} satisfies Prisma.ApiKeySelect;

/** A key that nobody else can change until the transaction ends. */
export type LockedKey = Prisma.ApiKeyGetPayload<{ select: typeof lockedKeySelect }>;

/**
 * Runs `change` on a key that `actor` may manage, with the key's row locked: two people who change the
 * same key go one after the other, and the second sees what the first did. The gate forgets the key once
 * the change is stored. `change` must fail before its first write, since returning a failure commits.
 * `not_found` for a key that does not exist or that `actor` may not manage, and for a decoy.
 */
export async function changeKey<T, Code extends string>(
  actor: MemberActor,
  keyId: string,
  change: (transaction: Transaction, key: LockedKey) => Promise<Result<T, Code>>,
): Promise<Result<T, Code | "not_found">> {
  const result = await transact(async (tx) => {
    const key = await lockKey(tx, actor.workspaceId, keyId);
    if (!key || key.decoyPlace !== null || !canManageKey(actor, key)) return keyNotFound();
    return await change(tx, key);
  });
  forgetKey(keyId);
  return result;
}

/**
 * Stores new values of a locked key and raises its revision, so that an older form can't overwrite them. A
 * revision that moved despite the lock is a bug, and undoes the transaction.
 */
export async function updateLockedKey(
  tx: Transaction,
  key: LockedKey,
  values: Prisma.ApiKeyUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await tx.apiKey.updateMany({
    where: { id: key.id, workspaceId: key.workspaceId, revision: key.revision },
    data: { ...values, revision: key.revision + 1 },
  });
  if (count !== 1) throw new Error(`The key ${key.id} changed under its lock.`);
}

/** The failure for a key that does not exist and for one the actor may not touch: the two look the same. */
export function keyNotFound(): Failure<"not_found"> {
  return fail("not_found", "This key does not exist.");
}

/** The failure for any change of a revoked key. */
export function keyRevoked(): Failure<"revoked"> {
  return fail("revoked", "This key is revoked and can't be changed any more.");
}

/** A key of a workspace, locked until the transaction ends; null where there is none. `changeKey` asks who may. */
export async function lockKey(
  tx: Reader,
  workspaceId: string,
  keyId: string,
): Promise<LockedKey | null> {
  const locked = await tx.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM api_key WHERE id = ${keyId} AND workspace_id = ${workspaceId} FOR UPDATE`,
  );
  if (locked.length === 0) return null;
  return await tx.apiKey.findFirst({ where: { id: keyId, workspaceId }, select: lockedKeySelect });
}
