import {
  changeKey,
  keyNotFound,
  keyRevoked,
  type LockedKey,
  updateLockedKey,
} from "@/lib/access/api-keys/changes/change-key";
import { findNewOwner, type NewOwner } from "@/lib/access/api-keys/changes/find-new-owner";
import {
  audienceNames,
  audiencesInWords,
  noSuchAudience,
} from "@/lib/access/api-keys/changes/key-audiences";
import { areSendingDomains, noSuchDomain } from "@/lib/access/api-keys/changes/key-domains";
import { addedBlocks } from "@/lib/access/api-keys/key/allowed-addresses";
import { BUDGET_NAMES, type Budget } from "@/lib/access/api-keys/key/budgets";
import { type StoredExpiry, startExpiry } from "@/lib/access/api-keys/key/expiry";
import type { EditKeyInput } from "@/lib/access/api-keys/key/schema";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { scopeInWords } from "@/lib/people/auth/scopes";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { viewOf } from "@/lib/people/auth/view";
import type { Reader, Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

type EditFailure =
  | "not_found"
  | "revoked"
  | "changed_meanwhile"
  | "needs_confirmation"
  | "validation_error";

/**
 * Stores an edited key. Fails with `changed_meanwhile` when the form shows an older revision, and with
 * `needs_confirmation` when the key could do more than now and nobody has confirmed it: `fieldErrors` name
 * each added scope, audience, sending domain and address, people who have unsubscribed where they were left out,
 * and an expiry that is removed. Only admins change the limits of calls and recipients.
 */
export async function editKey(
  actor: MemberActor,
  input: EditKeyInput,
  now: Date,
): Promise<Result<{ revision: number }, EditFailure> | ConfirmationNeeded> {
  return await changeKey(actor, input.keyId, async (tx, key) => {
    const named = [...key.audienceIds, ...input.audiences];
    const names = await audienceNames(tx, viewOf(actor, key.environment), named);
    const refusal = refuseEdit(actor, { key, input, names }, now);
    if (refusal) return refusal;
    // A domain that was removed since may stay: without it the key could have no limit at all.
    const chosen = input.sendingDomains.filter((domain) => !key.sendingDomains.includes(domain));
    if (!(await areSendingDomains(tx, actor, chosen))) return noSuchDomain();
    const expiry =
      input.expiry.kind === "keep" ? ok(storedExpiry(key)) : startExpiry(input.expiry, now);
    if (!expiry.ok) return expiry;
    const owner = await ownerAfter(tx, actor, key, input);
    if (!owner) return notAnOwner();
    return ok(await storeEdit(tx, actor, { key, input, names, expiry: expiry.value, owner }, now));
  });
}

/** `names` has the audiences, before and after the edit, that still exist. */
type RequestedEdit = { key: LockedKey; input: EditKeyInput; names: ReadonlyMap<string, string> };

function refuseEdit(
  actor: MemberActor,
  { key, input, names }: RequestedEdit,
  now: Date,
): Failure<EditFailure> | ConfirmationNeeded | null {
  if (key.revokedAt) return keyRevoked();
  if (key.revision !== input.revision) return changedMeanwhile();
  if (changesLimits(key, input) && !can(actor, "keys.set_rate_limit")) return keyNotFound();
  // An audience that was deleted since may stay: without it the key could have no limit at all.
  const gone = input.audiences.some((id) => !names.has(id) && !key.audienceIds.includes(id));
  if (gone) return noSuchAudience();
  const wider = widening({ key, input, names });
  return wider && input.confirmWidening ? needsConfirmation(actor, now) : wider;
}

function changesLimits(key: LockedKey, input: EditKeyInput): boolean {
  const after = peopleLimits(key, input);
  return (
    input.ratePerMinute !== key.ratePerMinute ||
    after.recipientsPerMinute !== key.recipientsPerMinute ||
    changedBudgets(key, after).length > 0
  );
}

type PeopleLimits = Pick<
  LockedKey,
  "recipientsPerMinute" | "recipientsPerDay" | "recipientsPerHour" | "contactsReadPerDay"
>;

/** The limits of people after an edit. The edit may leave some as they are. */
function peopleLimits(key: PeopleLimits, input: EditKeyInput): PeopleLimits {
  const {
    recipientsPerMinute = key.recipientsPerMinute,
    recipientsPerDay = key.recipientsPerDay,
    recipientsPerHour = key.recipientsPerHour,
    contactsReadPerDay = key.contactsReadPerDay,
  } = input;
  return { recipientsPerMinute, recipientsPerDay, recipientsPerHour, contactsReadPerDay };
}

function changedBudgets(before: PeopleLimits, after: PeopleLimits): Budget[] {
  return BUDGET_NAMES.filter((budget) => before[budget] !== after[budget]);
}

/** Lifts the pause of each budget that gets another number, since whoever changes it has seen what happened. */
async function unpause(tx: Transaction, keyId: string, budgets: Budget[]): Promise<void> {
  if (budgets.length === 0) return;
  await tx.budgetUse.updateMany({
    where: { keyId, budget: { in: budgets }, passedAt: { not: null } },
    data: { passedAt: null },
  });
}

/** The failure that names everything `input` would let the key do beyond what it can do now, or null. */
function widening({ key, input, names }: RequestedEdit): Failure<"needs_confirmation"> | null {
  const scopes = input.scopes.filter((scope) => !key.scopes.includes(scope));
  const addresses = addedAddresses(key.allowedAddresses, input.allowedAddresses);
  const audiences = addedAudiences(key.audienceIds, input.audiences, names);
  const domains = addedDomains(key.sendingDomains, input.sendingDomains);
  const unsubscribed = key.skipUnsubscribed && input.skipUnsubscribed === false;
  const forGood = input.expiry.kind === "never" && key.expiresAt !== null;
  const added = scopes.length + addresses.length + audiences.length + domains.length;
  if (added === 0 && !forGood && !unsubscribed) return null;
  return fail("needs_confirmation", "This key would be able to do more than now.", {
    ...(scopes.length > 0
      ? { scopes: scopes.map((scope) => `${scopeInWords(scope)} (${scope})`) }
      : {}),
    ...(addresses.length > 0 ? { allowedAddresses: addresses } : {}),
    ...(audiences.length > 0 ? { audiences } : {}),
    ...(domains.length > 0 ? { sendingDomains: domains } : {}),
    ...(unsubscribed ? { skipUnsubscribed: ["people who have unsubscribed"] } : {}),
    ...(forGood ? { expiry: ["until someone revokes it"] } : {}),
  });
}

function addedAddresses(before: string[], after: string[]): string[] {
  if (before.length > 0 && after.length === 0) return ["from anywhere"];
  return addedBlocks(before, after);
}

function addedAudiences(
  before: string[],
  after: string[],
  names: ReadonlyMap<string, string>,
): string[] {
  if (before.length === 0) return [];
  if (after.length === 0) return ["all contacts, in any audience or none"];
  const added = after.filter((id) => !before.includes(id));
  return audiencesInWords(added, names).map((name) => `the audience “${name}”`);
}

function addedDomains(before: string[], after: string[]): string[] {
  if (before.length === 0) return [];
  if (after.length === 0) return ["all sending domains of the workspace"];
  return after.filter((domain) => !before.includes(domain));
}

async function ownerAfter(
  tx: Reader,
  actor: MemberActor,
  key: LockedKey,
  input: EditKeyInput,
): Promise<NewOwner | null> {
  if (input.ownerId === key.ownerId) return { id: key.ownerId, name: key.owner.user.name };
  return await findNewOwner(tx, actor, input.ownerId, "keys.manage_own");
}

type Edit = RequestedEdit & { expiry: StoredExpiry; owner: NewOwner };

async function storeEdit(
  tx: Transaction,
  actor: MemberActor,
  { key, input, names, expiry, owner }: Edit,
  now: Date,
): Promise<{ revision: number }> {
  const { name, description, scopes, allowedAddresses, ratePerMinute } = input;
  const { skipUnsubscribed = key.skipUnsubscribed, forgetBodies = key.forgetBodies } = input;
  const limits = peopleLimits(key, input);
  const values = {
    name,
    description,
    scopes,
    allowedAddresses,
    sendingDomains: input.sendingDomains,
    skipUnsubscribed,
    forgetBodies,
    ratePerMinute,
    ...limits,
    ...expiry,
  };
  const audienceIds = input.audiences;
  const changes = {
    ...changesBetween(key, values),
    ...changesBetween(
      { audiences: audiencesInWords(key.audienceIds, names) },
      { audiences: audiencesInWords(audienceIds, names) },
    ),
  };
  const ownerChanges = changesBetween({ owner: key.owner.user.name }, { owner: owner.name });
  const handedOver = owner.id !== key.ownerId;
  if (Object.keys(changes).length === 0 && !handedOver) return { revision: key.revision };
  const scopesChanged = "scopes" in changes ? { scopesChangedAt: now } : {};
  await updateLockedKey(tx, key, { ...values, ...scopesChanged, audienceIds, ownerId: owner.id });
  await unpause(tx, key.id, changedBudgets(key, limits));
  const target = { type: "key", id: key.id, name } as const;
  if (Object.keys(changes).length > 0) {
    await recordAudit(tx, actor, { action: "key.edited", target, changes }, now);
  }
  if (handedOver) {
    const event = { action: "key.owner_changed", target, changes: ownerChanges } as const;
    await recordAudit(tx, actor, event, now);
  }
  return { revision: key.revision + 1 };
}

function storedExpiry({ expiryDays, expiresAt }: LockedKey): StoredExpiry {
  return { expiryDays, expiresAt };
}

function changedMeanwhile(): Failure<"changed_meanwhile"> {
  return fail(
    "changed_meanwhile",
    "Somebody else changed this key while you were editing. Nothing of yours was saved: reload to see what is new, then make your change again.",
  );
}

function notAnOwner(): Failure<"validation_error"> {
  return invalidFields({ ownerId: ["Choose a member of this workspace who may manage keys."] });
}
