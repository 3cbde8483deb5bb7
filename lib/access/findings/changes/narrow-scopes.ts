import { changeKey, keyRevoked } from "@/lib/access/api-keys/changes/change-key";
import { storeSettings } from "@/lib/access/api-keys/changes/store-settings";
import { scopesByUse } from "@/lib/access/findings/judging/judges";
import { FACTS } from "@/lib/access/findings/kind/facts";
import { UNDO_DAYS } from "@/lib/access/findings/kind/limits";
import type { NarrowScopesInput, UndoNarrowingInput } from "@/lib/access/findings/kind/schema";
import { routesOf } from "@/lib/access/findings/watching/read-use";
import type { MemberActor } from "@/lib/people/auth/actor";
import { SCOPES } from "@/lib/people/auth/scopes";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type NarrowFailure = "not_found" | "revoked" | "changed_meanwhile";

/**
 * Takes scopes away that a key did not use in 30 days, and closes the finding that offered it. They can be given back
 * for a week. `changed_meanwhile` when there is no such finding any more, or a call has used one of them by now.
 */
export async function narrowScopes(
  actor: MemberActor,
  { keyId, scopes }: NarrowScopesInput,
  now: Date,
): Promise<Result<null, NarrowFailure>> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const routes = await routesOf(tx, [keyId], now);
    const { unused } = scopesByUse(key.scopes, routes.get(keyId) ?? []);
    const left = key.scopes.filter((scope) => !scopes.some((one) => one === scope));
    if (left.length === 0 || scopes.some((scope) => !unused.includes(scope)))
      return usedMeanwhile();
    if (!(await closeAsNarrowed(tx, actor, keyId, now))) return usedMeanwhile();
    await storeSettings(tx, actor, { key, settings: { scopes: left } }, now);
    return ok(null);
  });
}

/**
 * Gives back the scopes that a remedy took away within the last week. Asks for the second factor, since the key can do
 * more after it. `too_late` after that week, or when they were given back already.
 */
export async function undoNarrowing(
  actor: MemberActor,
  { keyId, findingId }: UndoNarrowingInput,
  now: Date,
): Promise<Result<null, "not_found" | "revoked" | "too_late"> | ConfirmationNeeded> {
  return await changeKey(actor, keyId, async (tx, key) => {
    if (key.revokedAt) return keyRevoked();
    const refusal = needsConfirmation(actor, now);
    if (refusal) return refusal;
    const since = later(now, -UNDO_DAYS * DAY_MS);
    const where = { id: findingId, keyId, narrowedAt: { gt: since } };
    const finding = await tx.finding.findFirst({ where, select: { facts: true } });
    if (!finding) return tooLate();
    const { unused } = FACTS.unused_scopes.parse(finding.facts);
    await tx.finding.updateMany({ where, data: { narrowedAt: null } });
    const scopes = SCOPES.filter((scope) => key.scopes.includes(scope) || unused.includes(scope));
    await storeSettings(tx, actor, { key, settings: { scopes } }, now);
    return ok(null);
  });
}

/** Closes the key's finding, whose facts say what was taken away. False where there is none. */
async function closeAsNarrowed(
  tx: Transaction,
  { workspaceId }: MemberActor,
  keyId: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.finding.updateMany({
    where: { workspaceId, keyId, kind: "unused_scopes", closedAt: null },
    data: { narrowedAt: now, closedAt: now },
  });
  return count === 1;
}

function usedMeanwhile(): Failure<"changed_meanwhile"> {
  return fail(
    "changed_meanwhile",
    "The key or its use has changed since this page was made. Nothing was changed: reload to see what is so now.",
  );
}

function tooLate(): Failure<"too_late"> {
  return fail(
    "too_late",
    "This can no longer be undone here. Edit the key to give it permissions.",
  );
}
