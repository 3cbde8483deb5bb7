import { renderSVG } from "uqr";
import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { openSecret, sealSecret } from "@/lib/people/auth/sealed-secret";
import {
  type ConfirmationNeeded,
  needsConfirmation,
  storeConfirmation,
} from "@/lib/people/auth/second-factor";
import { type Throttled, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { TRIES_PER_FACTOR } from "@/lib/people/second-factor/prove-code";
import { codesForFirstFactor } from "@/lib/people/second-factor/recovery-codes";
import type { ConfirmAppInput } from "@/lib/people/second-factor/schema";
import { newTotpSecret, stepOfCode, totpUri } from "@/lib/people/second-factor/totp";
import { transact } from "@/lib/platform/database/unit-of-work";
import { processWide } from "@/lib/platform/process-wide";
import { fail, invalidFields, ok, type Result, type Success } from "@/lib/platform/result";

/** A secret for an app that is not set up yet. `sealed` is the same for the server, which stores nothing yet. */
export type NewApp = { secret: string; picture: string; sealed: string };

/** A second factor was set up. `recoveryCodes` come with the first one, and are shown this once. */
export type FactorAdded = { recoveryCodes: string[] | null };

/** Makes a secret for an authenticator app. It counts from when a code of the app has come back. */
export async function startApp(
  actor: MemberActor,
  now: Date,
): Promise<Success<NewApp> | ConfirmationNeeded> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const secret = newTotpSecret();
  const svg = renderSVG(totpUri(secret, actor.email), { border: 2 });
  const picture = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return ok({ secret, picture, sealed: sealSecret("second factor", actor.userId, secret) });
}

/**
 * Sets the authenticator app up, in place of one there may be, when `code` shows that it has the secret.
 * `start_again` for a secret that was not made for the actor.
 */
export async function confirmApp(
  actor: MemberActor,
  { sealed, code }: ConfirmAppInput,
  now: Date,
): Promise<
  Result<FactorAdded, "validation_error" | "start_again"> | Throttled | ConfirmationNeeded
> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const { userId } = actor;
  const secret = openSecret("second factor", userId, sealed);
  if (!secret) return fail("start_again", "Start again: this picture is no longer good.");
  const wait = await countOne(tries(), userId);
  if (wait !== null) return throttled(wait);
  const step = stepOfCode(secret, code.replaceAll(/\s/g, ""), now);
  if (step === null) {
    return invalidFields({ code: ["That is not the code the app shows now. Try the next one."] });
  }
  await tries().delete(userId);
  return await transact(async (tx) => {
    const app = {
      secret: sealSecret("second factor", userId, secret),
      lastStep: step,
      createdAt: now,
    };
    await tx.authenticatorApp.upsert({
      where: { userId },
      create: { userId, ...app },
      update: { ...app, lastUsedAt: null },
    });
    const recoveryCodes = await codesForFirstFactor(tx, userId, now);
    await storeConfirmation(tx, actor, now);
    const event = { action: "account.app_added" } as const;
    await recordAccountEvent(tx, { id: userId, name: actor.name }, actor, event, now);
    return ok({ recoveryCodes });
  });
}

function tries() {
  return processWide("app-set-up-tries", () => limiter("app-set-up:user", TRIES_PER_FACTOR * 2));
}
