import { warnOfGuessing } from "@/lib/people/auth/guessing-warning";
import { hashToken } from "@/lib/people/auth/link-token";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { letIn, type Opened } from "@/lib/people/auth/session-store";
import type { Throttled } from "@/lib/people/auth/sign-in";
import { proveCode } from "@/lib/people/second-factor/prove-code";
import {
  type PasskeyQuestion,
  provePasskey,
  startPasskeyProof,
} from "@/lib/people/second-factor/prove-passkey";
import type {
  FinishSignInInput,
  FinishWithPasskeyInput,
  SignInTokenInput,
} from "@/lib/people/second-factor/schema";
import type { Site } from "@/lib/people/second-factor/site";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type HalfSignIn = { user: { id: string; name: string }; sessionVersion: number };

/**
 * Opens the session of a sign-in that had the right password and now gives a code. `start_again` when the token is
 * not one of a waiting sign-in: it waits ten minutes, and a new password ends it.
 */
export async function finishSignIn(
  { token, code }: FinishSignInInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<Opened, "validation_error" | "start_again"> | Throttled> {
  const half = await findHalfSignIn(token, now);
  if (!half) return startAgain();
  const given = { code, asking: "sign-in" } as const;
  const proven = await proveCode(half.user, given, request, now, (tx) =>
    complete(tx, { token, half }, request, now),
  );
  if (proven.ok) return proven.value;
  log.warn({ userId: half.user.id, address: request.address }, "second factor refused");
  if (proven.code === "throttled") await warnOfGuessing(half.user.id, "second_factor");
  return proven;
}

/** What a passkey is to sign for a waiting sign-in. */
export async function askPasskey(
  { token }: SignInTokenInput,
  site: Site,
  now: Date,
): Promise<Result<PasskeyQuestion, "start_again">> {
  const half = await findHalfSignIn(token, now);
  return half ? ok(await startPasskeyProof(half.user.id, site, now)) : startAgain();
}

/** `finishSignIn` with a passkey in place of a code. */
export async function finishWithPasskey(
  { token, answer }: FinishWithPasskeyInput,
  site: Site,
  request: RequestFacts,
  now: Date,
): Promise<Result<Opened, "wrong_passkey" | "start_again">> {
  const half = await findHalfSignIn(token, now);
  if (!half) return startAgain();
  const proven = await provePasskey(half.user.id, answer, site, now);
  if (!proven.ok) return proven;
  return await transact((tx) => complete(tx, { token, half }, request, now));
}

/** The waiting sign-in with this token, or null. */
async function findHalfSignIn(token: string, now: Date): Promise<HalfSignIn | null> {
  const half = await reader().halfSignIn.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    select: {
      sessionVersion: true,
      user: { select: { id: true, name: true, sessionVersion: true } },
    },
  });
  if (!half || half.user.sessionVersion !== half.sessionVersion) return null;
  return half;
}

/** Uses the waiting sign-in up, after its second factor was given, and lets the person in. */
async function complete(
  tx: Transaction,
  { token, half }: { token: string; half: HalfSignIn },
  request: RequestFacts,
  now: Date,
): Promise<Result<Opened, "start_again">> {
  const { count } = await tx.halfSignIn.deleteMany({ where: { tokenHash: hashToken(token) } });
  if (count === 0) return startAgain();
  const user = { id: half.user.id, sessionVersion: half.sessionVersion };
  log.info({ userId: user.id, address: request.address }, "signed in with a second factor");
  return ok(await letIn(tx, user, request, now, { secondFactorGiven: true }));
}

function startAgain(): Failure<"start_again"> {
  return fail("start_again", "This sign-in took too long. Give your password again.");
}
