import { type KeyPlan, planKey, storeKey } from "@/lib/access/api-keys/changes/create-key";
import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import {
  changeIncident,
  type LockedIncident,
  noIncident,
  targetOf,
  updateLockedIncident,
} from "@/lib/access/incidents/changes/change-incident";
import type { ReplaceKeyInput } from "@/lib/access/incidents/incident/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import type { ConfirmationNeeded } from "@/lib/people/auth/second-factor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type ReplaceFailure = "not_found" | "closed" | "already_replaced" | "validation_error";

/**
 * Makes the key that replaces a leaked one and returns its secret, the only time that anybody sees it. The new key may
 * do as much as the leaked one or less, for the same audiences and domains and with the same limits. It belongs to the
 * same owner where they may still manage keys. `already_replaced` where a colleague was first.
 */
export async function replaceKey(
  actor: MemberActor,
  input: ReplaceKeyInput,
  now: Date,
): Promise<Result<NewSecret, ReplaceFailure> | ConfirmationNeeded> {
  const leaked = await leakedKeyOf(actor, input.incidentId);
  if (!leaked) return noIncident();
  const plan = await planKey(actor, asNewKey(input, leaked), now);
  if (!plan.ok) return plan;
  return await changeIncident(actor, input.incidentId, async (tx, incident) => {
    if (incident.replacementId) return alreadyReplaced();
    if (!input.scopes.every((scope) => incident.key.scopes.includes(scope)))
      return widerThanBefore();
    const made = await storeKey(tx, actor, asBefore(plan.value, incident), now);
    await updateLockedIncident(tx, incident, { replacementId: made.keyId });
    const changes = { replacement: { from: null, to: made.name } };
    const target = targetOf(incident);
    await recordAudit(tx, actor, { action: "incident.replaced", target, changes }, now);
    return ok(made);
  });
}

/** The settings of a leaked key that the new one takes over. */
type Leaked = Pick<
  LockedIncident["key"],
  | "description"
  | "environment"
  | "audienceIds"
  | "sendingDomains"
  | "skipUnsubscribed"
  | "forgetBodies"
>;

async function leakedKeyOf({ workspaceId }: MemberActor, id: string): Promise<Leaked | null> {
  const incident = await reader().incident.findFirst({
    where: { id, workspaceId },
    select: {
      key: {
        select: {
          description: true,
          environment: true,
          audienceIds: true,
          sendingDomains: true,
          skipUnsubscribed: true,
          forgetBodies: true,
        },
      },
    },
  });
  return incident?.key ?? null;
}

function asNewKey(
  { name, scopes, allowedAddresses, expiry, creationToken }: ReplaceKeyInput,
  leaked: Leaked,
): CreateKeyInput {
  return {
    name,
    scopes,
    allowedAddresses,
    expiry,
    creationToken,
    useCase: "custom",
    description: leaked.description,
    environment: leaked.environment,
    audiences: leaked.audienceIds,
    sendingDomains: leaked.sendingDomains,
    skipUnsubscribed: leaked.skipUnsubscribed,
    forgetBodies: leaked.forgetBodies,
  };
}

/**
 * The plan with the limits of the leaked key. It is for that key's owner, unless they lost the right to manage keys.
 */
function asBefore(plan: KeyPlan, { key }: LockedIncident): KeyPlan {
  const limits = {
    ratePerMinute: key.ratePerMinute,
    recipientsPerMinute: key.recipientsPerMinute,
    recipientsPerHour: key.recipientsPerHour,
    recipientsPerDay: key.recipientsPerDay,
    contactsReadPerDay: key.contactsReadPerDay,
  };
  const owner = can(key.owner, "keys.manage_own")
    ? { id: key.ownerId, name: key.owner.user.name }
    : plan.owner;
  return { ...plan, limits, owner };
}

function alreadyReplaced(): Failure<"already_replaced"> {
  return fail(
    "already_replaced",
    "The key was replaced already. If nobody stored the new secret, rotate the new key.",
  );
}

function widerThanBefore(): Failure<"validation_error"> {
  return fail("validation_error", "The new key may do as much as the leaked one, or less.");
}
