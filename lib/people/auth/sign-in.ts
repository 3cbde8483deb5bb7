import { warnOfGuessing } from "@/lib/people/auth/guessing-warning";
import { standingOf } from "@/lib/people/auth/known-browsers";
import { verifyPassword } from "@/lib/people/auth/password";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import type { SignInInput } from "@/lib/people/auth/schema";
import {
  factorToAskFor,
  type SecondFactorNeeded,
  startHalfSignIn,
} from "@/lib/people/auth/second-factor";
import { letIn, type Opened } from "@/lib/people/auth/session-store";
import {
  countOne,
  GUESSES_BEFORE_MAIL,
  limiter,
  SignInThrottle,
  TRIES_PER_PLACE,
} from "@/lib/people/auth/sign-in-throttle";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** Refused after too many tries; `retryAfterSeconds` says when to try again. */
export type Throttled = Failure<"throttled"> & { retryAfterSeconds: number };

/** A person who gave the right password. */
export type ProvenUser = { id: string; name: string; email: string; sessionVersion: number };

type ProveFailure = Failure<"invalid_credentials"> | Throttled;

/**
 * Opens a session for the person with this email and password. An unknown email and a wrong password give
 * the same answer after the same work. Too many tries give `throttled`, whatever the password. A person who
 * is no longer a member of any workspace gets `no_workspace`, but only with the right password; one with a second
 * factor, in a browser that has not given it, gets `second_factor` and goes on with its token.
 */
export async function signIn(
  input: SignInInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<Opened, "no_workspace"> | ProveFailure | SecondFactorNeeded> {
  const proven = await proveIdentity(input, request);
  if (!proven.ok) return proven;
  const user = proven.value;
  const memberships = await reader().member.count({ where: { userId: user.id } });
  if (memberships === 0) {
    return fail(
      "no_workspace",
      "You are not a member of any workspace now. Ask an admin of yours for an invitation.",
    );
  }
  const kinds = await factorToAskFor(user.id, request);
  if (kinds) return await startHalfSignIn(user, kinds, now);
  const opened = await transact((tx) => letIn(tx, user, request, now));
  log.info({ userId: user.id, address: request.address }, "signed in");
  return ok(opened);
}

/**
 * Checks that this email and password belong to one person. Every try counts against guessing, and the owner of
 * an account that is guessed at is told by mail.
 */
export async function proveIdentity(
  { email, password }: SignInInput,
  request: RequestFacts,
): Promise<{ ok: true; value: ProvenUser } | ProveFailure> {
  const attempt = { email, request, standing: await standingOf(email, request) };
  const { wait, tries } = await throttle().count(attempt);
  if (wait !== null) {
    log.warn({ address: request.address }, "sign-in refused: too many tries");
    return throttled(wait);
  }
  const user = await reader().user.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, sessionVersion: true, passwordHash: true },
  });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches) {
    log.warn({ address: request.address }, "sign-in refused: wrong email or password");
    if (user && tries === GUESSES_BEFORE_MAIL) await warnOfGuessing(user.id, "password");
    return wrongCredentials();
  }
  await throttle().forgive(attempt);
  const { passwordHash: _, ...proven } = user;
  return ok(proven);
}

/**
 * Checks the password of somebody who is signed in. Their tries have a count of their own: nobody who guesses at
 * the sign-in page keeps them from changing what needs it.
 */
export async function proveOwnPassword(
  userId: string,
  password: string,
): Promise<{ ok: true; value: { sessionVersion: number } } | ProveFailure> {
  const wait = await countOne(ownTries(), userId);
  if (wait !== null) return throttled(wait);
  const user = await reader().user.findUnique({
    where: { id: userId },
    select: { sessionVersion: true, passwordHash: true },
  });
  if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user) {
    return wrongCredentials();
  }
  await ownTries().delete(userId);
  return ok({ sessionVersion: user.sessionVersion });
}

/** The one answer to an unknown email and to a wrong password. */
export function wrongCredentials(): Failure<"invalid_credentials"> {
  return fail("invalid_credentials", "That email and password do not match.");
}

/** The refusal after too many tries, with the wait in words. */
export function throttled(retryAfterSeconds: number): Throttled {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const message = `Too many tries. Wait ${wait}, then try again.`;
  return { ...fail("throttled", message), retryAfterSeconds };
}

function ownTries() {
  return processWide("own-password-tries", () => limiter("own-password:user", TRIES_PER_PLACE));
}

function throttle(): SignInThrottle {
  return processWide("sign-in-throttle", () => new SignInThrottle());
}
