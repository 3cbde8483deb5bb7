import {
  changeKey,
  keyRevoked,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import { latestRetirement } from "@/lib/access/api-keys/key/expiry";
import type { EndRotationInput, ExtendRotationInput } from "@/lib/access/api-keys/key/schema";
import { hintOf } from "@/lib/access/api-keys/key/secret";
import { secretState } from "@/lib/access/api-keys/key/status";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type RetiringSecret = LockedKey["secrets"][number] & { retiresAt: Date };
type RetirementFailure = "not_found" | "revoked" | "not_rotating";

/** Ends the old secret of a rotation at once. Fails with `not_rotating` when it has ended already. */
export async function endRotation(
  actor: MemberActor,
  input: EndRotationInput,
  now: Date,
): Promise<Result<{ retiresAt: Date }, RetirementFailure>> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const secret = retiringSecret(key, input.secretId, now);
    if (!secret) return notRotating();
    return ok(
      await moveEnd(tx, actor, { key, secret, to: now, action: "key.rotation_ended" }, now),
    );
  });
}

/**
 * Gives the old secret of a rotation more time: at most 30 days from now, and never past its expiry. Fails
 * with `not_rotating` when it has ended already, `validation_error` for a time out of bounds.
 */
export async function extendRotation(
  actor: MemberActor,
  input: ExtendRotationInput,
  now: Date,
): Promise<Result<{ retiresAt: Date }, RetirementFailure | "validation_error">> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const secret = retiringSecret(key, input.secretId, now);
    if (!secret) return notRotating();
    const to = input.until;
    if (to <= secret.retiresAt || to > latestRetirement(secret.expiresAt, now)) {
      return outOfBounds(secret, now);
    }
    return ok(await moveEnd(tx, actor, { key, secret, to, action: "key.rotation_extended" }, now));
  });
}

function retiringSecret(key: LockedKey, secretId: string, now: Date): RetiringSecret | null {
  const secret = key.secrets.find((candidate) => candidate.id === secretId);
  if (!secret?.retiresAt || secretState(secret, now) !== "retiring") return null;
  return { ...secret, retiresAt: secret.retiresAt };
}

type Move = { key: LockedKey; secret: RetiringSecret; to: Date; action: AuditAction };

async function moveEnd(
  tx: Transaction,
  actor: MemberActor,
  { key, secret, to, action }: Move,
  now: Date,
): Promise<{ retiresAt: Date }> {
  const { count } = await tx.apiKeySecret.updateMany({
    where: { id: secret.id, workspaceId: key.workspaceId, retiresAt: secret.retiresAt },
    data: { retiresAt: to },
  });
  if (count !== 1) throw new Error(`The secret ${secret.id} changed under its key's lock.`);
  await updateLockedKey(tx, key, {});
  const hint = hintOf(key.environment, secret.lastFour);
  const changes = {
    oldSecret: { from: hint, to: hint },
    oldSecretEndsAt: { from: secret.retiresAt.toISOString(), to: to.toISOString() },
  };
  const target = { type: "key", id: key.id, name: key.name } as const;
  await recordAudit(tx, actor, { action, target, changes }, now);
  return { retiresAt: to };
}

function notRotating(): Failure<"not_rotating"> {
  return fail("not_rotating", "The old secret has ended already.");
}

function outOfBounds(secret: RetiringSecret, now: Date): Failure<"validation_error"> {
  const latest = latestRetirement(secret.expiresAt, now);
  const message =
    latest <= secret.retiresAt
      ? "The old secret already goes on as long as it can."
      : "Choose a time after the present end, at most 30 days ahead and not past the old secret's expiry.";
  return fail("validation_error", message, { until: [message] });
}
