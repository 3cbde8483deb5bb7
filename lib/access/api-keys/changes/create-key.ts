import { keyNotFound } from "@/lib/access/api-keys/changes/change-key";
import {
  audienceNames,
  audiencesInWords,
  noSuchAudience,
} from "@/lib/access/api-keys/changes/key-audiences";
import { areSendingDomains, noSuchDomain } from "@/lib/access/api-keys/changes/key-domains";
import { type StoredExpiry, startExpiry } from "@/lib/access/api-keys/key/expiry";
import { proposedLimits, writesToPeople } from "@/lib/access/api-keys/key/presets";
import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import { generateSecret, hintOf, toStorable } from "@/lib/access/api-keys/key/secret";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { firstValues } from "@/lib/people/audit/changes";
import { type AuditChanges, recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { viewOf } from "@/lib/people/auth/view";
import { isUniqueViolation } from "@/lib/platform/database/unique-violation";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/**
 * Makes a key, owned by `actor`, and returns its secret, the only time that anybody sees it. The same
 * `creationToken` a second time makes nothing and is `already_created`. An expiry in the past, and an
 * audience or sending domain that does not exist, are a `validation_error`.
 */
export async function createKey(
  actor: MemberActor,
  input: CreateKeyInput,
  now: Date,
): Promise<
  Result<NewSecret, "already_created" | "not_found" | "validation_error"> | ConfirmationNeeded
> {
  const plan = await planKey(actor, input, now);
  if (!plan.ok) return plan;
  try {
    return ok(await transact((tx) => storeKey(tx, actor, plan.value, now)));
  } catch (error) {
    if (isUniqueViolation(error) && (await wasCreated(actor, input))) return alreadyCreated();
    throw error;
  }
}

/** The limits on a key's use in a given time. A budget that is null or left out sets no limit. */
export type KeyLimits = ReturnType<typeof proposedLimits> & {
  ratePerMinute?: number;
  contactsReadPerDay?: number | null;
  recipientsPerHour?: number | null;
};

/** A key that may be made: what was asked for, and what follows from it. Only `planKey` makes a plan. */
export type KeyPlan = {
  input: CreateKeyInput;
  expiry: StoredExpiry;
  /** The names of the audiences that it is limited to. */
  audiences: readonly string[];
  limits: KeyLimits;
  owner: { id: string; name: string };
};

/**
 * Checks that `actor` may make this key. The planned key belongs to them and has the limits that its scopes propose.
 * The caller may change the plan before it is stored. Fails like `createKey`.
 */
export async function planKey(
  actor: MemberActor,
  input: CreateKeyInput,
  now: Date,
): Promise<Result<KeyPlan, "not_found" | "validation_error"> | ConfirmationNeeded> {
  if (!can(actor, "keys.create")) return keyNotFound();
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const expiry = startExpiry(input.expiry, now);
  if (!expiry.ok) return expiry;
  const { environment, audiences } = input;
  const names = await audienceNames(reader(), viewOf(actor, environment), audiences);
  if (names.size < audiences.length) return noSuchAudience();
  if (!(await areSendingDomains(reader(), actor, input.sendingDomains))) return noSuchDomain();
  return ok({
    input,
    expiry: expiry.value,
    audiences: audiencesInWords(audiences, names),
    limits: proposedLimits(input.scopes),
    owner: { id: actor.memberId, name: actor.name },
  });
}

/** Stores a planned key with its first secret and its audit event, and returns the secret, which nobody sees again. */
export async function storeKey(
  tx: Transaction,
  actor: MemberActor,
  plan: KeyPlan,
  now: Date,
): Promise<NewSecret> {
  const { workspaceId } = actor;
  const { input, expiry, limits, owner } = plan;
  const { name, description, environment, scopes, allowedAddresses, creationToken } = input;
  const keyId = newId("key", now);
  const secret = generateSecret(environment);
  const stored = toStorable(secret);
  await tx.apiKey.create({
    data: {
      id: keyId,
      workspaceId,
      ownerId: owner.id,
      name,
      description,
      environment,
      scopes,
      allowedAddresses,
      audienceIds: input.audiences,
      sendingDomains: input.sendingDomains,
      skipUnsubscribed: input.skipUnsubscribed ?? false,
      forgetBodies: input.forgetBodies ?? false,
      ...limits,
      ...expiry,
      createdAt: now,
      creationToken,
    },
    select: { id: true },
  });
  await tx.apiKeySecret.create({
    data: { id: newId("sec", now), workspaceId, keyId, ...stored, createdAt: now },
    select: { id: true },
  });
  const hint = hintOf(environment, stored.lastFour);
  const target = { type: "key", id: keyId, name } as const;
  const changes = initialValues(plan, hint);
  await recordAudit(tx, actor, { action: "key.created", target, changes }, now);
  return { keyId, name, secret, hint, environment };
}

function initialValues(
  { input, expiry, audiences, limits, owner }: KeyPlan,
  hint: string,
): AuditChanges {
  const { name, description, useCase, environment, scopes, allowedAddresses } = input;
  const { contactsReadPerDay, recipientsPerHour, ...always } = limits;
  const sending = { ...always, recipientsPerHour: recipientsPerHour ?? undefined };
  return firstValues({
    name,
    description,
    useCase,
    environment,
    scopes,
    allowedAddresses,
    audiences: audiences.length > 0 ? audiences : undefined,
    sendingDomains: input.sendingDomains.length > 0 ? input.sendingDomains : undefined,
    skipUnsubscribed: input.skipUnsubscribed || undefined,
    forgetBodies: input.forgetBodies || undefined,
    ...(writesToPeople(scopes) ? sending : {}),
    contactsReadPerDay: contactsReadPerDay ?? undefined,
    ...expiry,
    owner: owner.name,
    secret: hint,
  });
}

async function wasCreated(actor: MemberActor, input: CreateKeyInput): Promise<boolean> {
  const { workspaceId } = actor;
  const { creationToken } = input;
  return (await reader().apiKey.count({ where: { workspaceId, creationToken } })) > 0;
}

function alreadyCreated(): Failure<"already_created"> {
  return fail(
    "already_created",
    "This key was already made, and its secret shown once. If you did not store it, rotate the key to get a new one.",
  );
}
