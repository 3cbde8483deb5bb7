import { keyNotFound } from "@/lib/access/api-keys/changes/change-key";
import { audienceNames } from "@/lib/access/api-keys/changes/key-audiences";
import { latestRetirement } from "@/lib/access/api-keys/key/expiry";
import {
  newestSecretFirst,
  rowSelect,
  type SecretRecord,
  secretSelect,
  toKeyRow,
} from "@/lib/access/api-keys/key/key-row";
import { hintOf } from "@/lib/access/api-keys/key/secret";
import type { KeyDetails, SecretRow } from "@/lib/access/api-keys/key/shown-key";
import { secretState } from "@/lib/access/api-keys/key/status";
import { revokeUndoableUntil } from "@/lib/access/api-keys/key/undoable-revoke";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can, canSeeActivityOf } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

const SHOWN_SECRETS = 20;

/** A key with its latest secrets, as its own page shows it to `actor`. */
export async function getKey(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Result<KeyDetails, "not_found">> {
  if (!can(actor, "keys.read")) return keyNotFound();
  const key = await reader().apiKey.findFirst({
    where: { id, workspaceId: actor.workspaceId, decoyPlace: null },
    select: {
      ...rowSelect(now),
      allowedAddresses: true,
      audienceIds: true,
      sendingDomains: true,
      skipUnsubscribed: true,
      forgetBodies: true,
      expiryDays: true,
      ratePerMinute: true,
      recipientsPerMinute: true,
      recipientsPerDay: true,
      recipientsPerHour: true,
      contactsReadPerDay: true,
      revision: true,
      revokeReason: true,
      revokeNote: true,
      secrets: { select: secretSelect, orderBy: newestSecretFirst, take: SHOWN_SECRETS },
    },
  });
  if (!key) return keyNotFound();
  const row = toKeyRow(actor, key, now);
  const names = await audienceNames(reader(), viewOf(actor, key.environment), key.audienceIds);
  const { allowedAddresses, sendingDomains, expiryDays, ratePerMinute, revision } = key;
  const { pausedAt, frozenAt, revokedAt, revokeReason, revokeNote } = key;
  const canSeeActivity = canSeeActivityOf(actor, key);
  const secrets = key.secrets.map((secret) => {
    const row = toSecretRow(secret, key.environment, now);
    return canSeeActivity ? row : { ...row, lastUsedAddress: null, lastUsedAgent: null };
  });
  return ok({
    ...row,
    audiences: key.audienceIds.map((id) => ({ id, name: names.get(id) ?? null })),
    allowedAddresses,
    sendingDomains,
    skipUnsubscribed: key.skipUnsubscribed,
    forgetBodies: key.forgetBodies,
    expiryDays,
    ratePerMinute,
    recipientsPerMinute: key.recipientsPerMinute,
    recipientsPerDay: key.recipientsPerDay,
    recipientsPerHour: key.recipientsPerHour,
    contactsReadPerDay: key.contactsReadPerDay,
    revision,
    pausedAt,
    frozenAt: row.status === "frozen" ? frozenAt : null,
    revokedAt,
    revokeReason,
    revokeNote,
    undoableUntil: revokeUndoableUntil(key, now),
    canUndoRevoke: can(actor, "keys.manage_all"),
    secrets,
    canSeeActivity,
    canSetRateLimit: row.canManage && can(actor, "keys.set_rate_limit"),
  });
}

function toSecretRow(secret: SecretRecord, environment: Environment, now: Date): SecretRow {
  const { id, createdAt, retiresAt, lastUsedAt, lastUsedAddress, lastUsedAgent } = secret;
  const state = secretState(secret, now);
  return {
    id,
    hint: hintOf(environment, secret.lastFour),
    state,
    createdAt,
    retiresAt,
    extendableUntil: state === "retiring" ? latestRetirement(secret.expiresAt, now) : null,
    lastUsedAt,
    lastUsedAddress,
    lastUsedAgent,
  };
}
