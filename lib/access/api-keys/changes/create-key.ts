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
import { reader, transact } from "@/lib/platform/database/unit-of-work";
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
  if (!can(actor, "keys.create")) return keyNotFound();
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const expiry = startExpiry(input.expiry, now);
  if (!expiry.ok) return expiry;
  const { environment, audiences } = input;
  const names = await audienceNames(reader(), viewOf(actor, environment), audiences);
  if (names.size < audiences.length) return noSuchAudience();
  const limits = audiencesInWords(audiences, names);
  if (!(await areSendingDomains(reader(), actor, input.sendingDomains))) return noSuchDomain();
  try {
    return ok(await storeKey(actor, input, { expiry: expiry.value, limits }, now));
  } catch (error) {
    if (isUniqueViolation(error) && (await wasCreated(actor, input))) return alreadyCreated();
    throw error;
  }
}

/** Values that follow from the input: the expiry as stored, and the names of the audiences. */
type Derived = { expiry: StoredExpiry; limits: readonly string[] };

async function storeKey(
  actor: MemberActor,
  input: CreateKeyInput,
  { expiry, limits }: Derived,
  now: Date,
): Promise<NewSecret> {
  const { workspaceId } = actor;
  const { name, description, environment, scopes, allowedAddresses, creationToken } = input;
  const keyId = newId("key", now);
  const secret = generateSecret(environment);
  const stored = toStorable(secret);
  await transact(async (tx) => {
    await tx.apiKey.create({
      data: {
        id: keyId,
        workspaceId,
        ownerId: actor.memberId,
        name,
        description,
        environment,
        scopes,
        allowedAddresses,
        audienceIds: input.audiences,
        sendingDomains: input.sendingDomains,
        skipUnsubscribed: input.skipUnsubscribed ?? false,
        forgetBodies: input.forgetBodies ?? false,
        ...proposedLimits(scopes),
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
    const changes = initialValues(actor, input, { expiry, limits }, hint);
    const target = { type: "key", id: keyId, name } as const;
    await recordAudit(tx, actor, { action: "key.created", target, changes }, now);
  });
  return { keyId, name, secret, hint: hintOf(environment, stored.lastFour), environment };
}

function initialValues(
  actor: MemberActor,
  input: CreateKeyInput,
  { expiry, limits }: Derived,
  hint: string,
): AuditChanges {
  const { name, description, useCase, environment, scopes, allowedAddresses } = input;
  return firstValues({
    name,
    description,
    useCase,
    environment,
    scopes,
    allowedAddresses,
    audiences: limits.length > 0 ? limits : undefined,
    sendingDomains: input.sendingDomains.length > 0 ? input.sendingDomains : undefined,
    skipUnsubscribed: input.skipUnsubscribed || undefined,
    forgetBodies: input.forgetBodies || undefined,
    ...(writesToPeople(scopes) ? proposedLimits(scopes) : {}),
    ...expiry,
    owner: actor.name,
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
