import {
  changeKey,
  keyRevoked,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import { latestRetirement, renewedExpiry, retirement } from "@/lib/access/api-keys/key/expiry";
import { LONGEST_GRACE_DAYS } from "@/lib/access/api-keys/key/limits";
import type { RotateKeyInput } from "@/lib/access/api-keys/key/schema";
import { generateSecret, hintOf, toStorable } from "@/lib/access/api-keys/key/secret";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { secretState } from "@/lib/access/api-keys/key/status";
import { type AuditChanges, recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

type RotateFailure = "revoked" | "expired" | "rotated_meanwhile" | "validation_error";

/**
 * Gives a key a new secret and returns it, the only time that anybody sees it. The old secret works until the
 * grace ends, but never past its expiry; a secret that was already retiring ends at once. An expiry in days
 * starts again. Fails with `rotated_meanwhile` when `currentSecretId` is no longer current, `expired` when the
 * new secret would already be expired, `validation_error` for a chosen time out of bounds.
 */
export async function rotateKey(
  actor: MemberActor,
  input: RotateKeyInput,
  now: Date,
): Promise<Result<NewSecret, RotateFailure | "not_found"> | ConfirmationNeeded> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    const refusal = refuseRotation(key, input, now) ?? needsConfirmation(actor, now);
    if (refusal) return refusal;
    const retiresAt = retirement(input.grace, key.expiresAt, now);
    await endRetiring(tx, key, now);
    await retireCurrent(tx, key, input.currentSecretId, retiresAt);
    return ok(await startSecret(tx, actor, key, retiresAt, now));
  });
}

function refuseRotation(
  key: LockedKey,
  { currentSecretId, grace }: RotateKeyInput,
  now: Date,
): Failure<RotateFailure> | null {
  if (key.revokedAt) return keyRevoked();
  const current = key.secrets.find((secret) => secret.id === currentSecretId);
  if (current?.retiresAt !== null) return rotatedMeanwhile();
  const renewed = renewedExpiry(key, now).expiresAt;
  if (renewed && renewed <= now) {
    return fail("expired", "This key has expired. Give it a new expiry first, then rotate it.");
  }
  if (
    grace.kind === "custom" &&
    (grace.until <= now || grace.until > latestRetirement(null, now))
  ) {
    return invalidFields({
      "grace.until": [`Choose a time in the next ${LONGEST_GRACE_DAYS} days.`],
    });
  }
  return null;
}

async function endRetiring(tx: Transaction, key: LockedKey, now: Date): Promise<void> {
  await tx.apiKeySecret.updateMany({
    where: { keyId: key.id, workspaceId: key.workspaceId, retiresAt: { gt: now } },
    data: { retiresAt: now },
  });
}

async function retireCurrent(
  tx: Transaction,
  key: LockedKey,
  secretId: string,
  retiresAt: Date,
): Promise<void> {
  const { count } = await tx.apiKeySecret.updateMany({
    where: { id: secretId, keyId: key.id, workspaceId: key.workspaceId, retiresAt: null },
    data: { retiresAt, expiresAt: key.expiresAt },
  });
  if (count !== 1) throw new Error(`The key ${key.id} lost its current secret under its lock.`);
}

async function startSecret(
  tx: Transaction,
  actor: MemberActor,
  key: LockedKey,
  retiresAt: Date,
  now: Date,
): Promise<NewSecret> {
  const { workspaceId, environment, name } = key;
  const secret = generateSecret(environment);
  const stored = toStorable(secret);
  const hint = hintOf(environment, stored.lastFour);
  await tx.apiKeySecret.create({
    data: { id: newId("sec", now), workspaceId, keyId: key.id, ...stored, createdAt: now },
    select: { id: true },
  });
  const { expiresAt } = renewedExpiry(key, now);
  await updateLockedKey(tx, key, { expiresAt });
  const changes = rotationChanges(key, { hint, retiresAt, expiresAt }, now);
  const target = { type: "key", id: key.id, name } as const;
  await recordAudit(tx, actor, { action: "key.rotated", target, changes }, now);
  return { keyId: key.id, name, secret, hint, environment };
}

function rotationChanges(
  key: LockedKey,
  next: { hint: string; retiresAt: Date; expiresAt: Date | null },
  now: Date,
): AuditChanges {
  const hint = (secret: { lastFour: string }) => hintOf(key.environment, secret.lastFour);
  const current = key.secrets.find((secret) => secret.retiresAt === null);
  const ended = key.secrets.find((secret) => secretState(secret, now) === "retiring");
  const expiry = key.expiresAt?.toISOString() ?? null;
  const renewed = next.expiresAt?.toISOString() ?? null;
  return {
    secret: { from: current ? hint(current) : null, to: next.hint },
    oldSecretEndsAt: { from: null, to: next.retiresAt.toISOString() },
    ...(ended ? { endedSecret: { from: hint(ended), to: null } } : {}),
    ...(expiry === renewed ? {} : { expiresAt: { from: expiry, to: renewed } }),
  };
}

function rotatedMeanwhile(): Failure<"rotated_meanwhile"> {
  return fail(
    "rotated_meanwhile",
    "Somebody else rotated this key just now, and you changed nothing. Rotate again only if theirs was not enough.",
  );
}
