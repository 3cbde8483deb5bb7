import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import type { RemovePasskeyInput } from "@/lib/people/second-factor/schema";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** Removes the actor's authenticator app. `not_found` when there is none any more. */
export async function removeApp(
  actor: MemberActor,
  now: Date,
): Promise<Result<null, "not_found"> | ConfirmationNeeded> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const { userId } = actor;
  return await transact(async (tx) => {
    const { count } = await tx.authenticatorApp.deleteMany({ where: { userId } });
    if (count === 0) return fail("not_found", "There is no authenticator app any more.");
    await endWithoutFactor(tx, userId);
    const event = { action: "account.app_removed" } as const;
    await recordAccountEvent(tx, { id: userId, name: actor.name }, actor, event, now);
    return ok(null);
  });
}

/** Removes one of the actor's passkeys. `not_found` when there is none of this id any more. */
export async function removePasskey(
  actor: MemberActor,
  { passkeyId: id }: RemovePasskeyInput,
  now: Date,
): Promise<Result<null, "not_found"> | ConfirmationNeeded> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const { userId } = actor;
  return await transact(async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
    if (count === 0) return fail("not_found", "There is no such passkey any more.");
    await endWithoutFactor(tx, userId);
    const event = { action: "account.passkey_removed" } as const;
    await recordAccountEvent(tx, { id: userId, name: actor.name }, actor, event, now);
    return ok(null);
  });
}

/** Recovery codes and trusted browsers stand in for a factor, so they go with the last one. */
async function endWithoutFactor(tx: Transaction, userId: string): Promise<void> {
  const where = { userId };
  const apps = await tx.authenticatorApp.count({ where });
  if (apps + (await tx.passkey.count({ where })) > 0) return;
  await tx.recoveryCode.deleteMany({ where });
  await tx.knownBrowser.updateMany({ where, data: { trustedAt: null } });
}
