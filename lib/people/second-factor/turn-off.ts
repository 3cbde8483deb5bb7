import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { forgetBrowsers } from "@/lib/people/auth/known-browsers";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { endSessionsOf } from "@/lib/people/auth/session-store";
import type { RemovePasskeyInput } from "@/lib/people/second-factor/schema";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type Removal = Result<null, "not_found" | "required"> | ConfirmationNeeded;

/**
 * Removes the actor's authenticator app. `not_found` when there is none any more; `required` when it is the last
 * second factor and a workspace of theirs wants one.
 */
export async function removeApp(actor: MemberActor, now: Date): Promise<Removal> {
  const removed = { kind: "app", gone: "There is no authenticator app any more." } as const;
  return await removeFactor(actor, removed, now, (tx) =>
    tx.authenticatorApp.deleteMany({ where: { userId: actor.userId } }),
  );
}

/** `removeApp` for one of the actor's passkeys. */
export async function removePasskey(
  actor: MemberActor,
  { passkeyId: id }: RemovePasskeyInput,
  now: Date,
): Promise<Removal> {
  const removed = { kind: "passkey", gone: "There is no such passkey any more." } as const;
  return await removeFactor(actor, removed, now, (tx) =>
    tx.passkey.deleteMany({ where: { id, userId: actor.userId } }),
  );
}

async function removeFactor(
  actor: MemberActor,
  { kind, gone }: { kind: "app" | "passkey"; gone: string },
  now: Date,
  remove: (tx: Transaction) => Promise<{ count: number }>,
): Promise<Removal> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const { userId: id, name } = actor;
  return await transact(async (tx) => {
    if (await isLastAndRequired(tx, id)) return required();
    const { count } = await remove(tx);
    if (count === 0) return fail("not_found", gone);
    await endWithoutFactor(tx, id);
    const event = { action: `account.${kind}_removed` } as const;
    await recordAccountEvent(tx, { id, name }, actor, event, now);
    return ok(null);
  });
}

/**
 * Takes every second factor off an account, signs the person out everywhere and makes their browsers strangers.
 * Answers whether there was one.
 */
export async function clearSecondFactor(
  tx: Transaction,
  userId: string,
  now: Date,
): Promise<boolean> {
  const where = { userId };
  const apps = await tx.authenticatorApp.deleteMany({ where });
  const passkeys = await tx.passkey.deleteMany({ where });
  if (apps.count + passkeys.count === 0) return false;
  await tx.recoveryCode.deleteMany({ where });
  await endSessionsOf(tx, userId, "second_factor_reset", now);
  await forgetBrowsers(tx, userId);
  return true;
}

/** Whether the person has one factor left, and a workspace of theirs wants one. Holds until the transaction ends. */
async function isLastAndRequired(tx: Transaction, userId: string): Promise<boolean> {
  await tx.$executeRaw`SELECT 1 FROM app_user WHERE id = ${userId} FOR UPDATE`;
  if ((await countFactors(tx, userId)) > 1) return false;
  const workspace = { secondFactorRequiredAt: { not: null } };
  return (await tx.member.count({ where: { userId, workspace } })) > 0;
}

async function countFactors(tx: Transaction, userId: string): Promise<number> {
  const where = { userId };
  return (await tx.authenticatorApp.count({ where })) + (await tx.passkey.count({ where }));
}

function required(): Failure<"required"> {
  const message =
    "Your workspace requires a second factor. Add another one before you remove this.";
  return fail("required", message);
}

/** Recovery codes and trusted browsers stand in for a factor, so they go with the last one. */
async function endWithoutFactor(tx: Transaction, userId: string): Promise<void> {
  if ((await countFactors(tx, userId)) > 0) return;
  const where = { userId };
  await tx.recoveryCode.deleteMany({ where });
  await tx.knownBrowser.updateMany({ where, data: { trustedAt: null } });
}
