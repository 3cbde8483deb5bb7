import type { MemberActor } from "@/lib/people/auth/actor";
import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail } from "@/lib/platform/result";

/** The minutes that a sign-in waits for the second factor. */
const HALF_SIGN_IN_MINUTES = 10;

/** The minutes for which somebody who gave the second factor is not asked again. */
export const CONFIRMED_MINUTES = 10;

/** The ways in which an account can give its second factor, apart from recovery codes. */
export type FactorKinds = { app: boolean; passkey: boolean };

/** The right password was given, and the second factor is still to come. `token` is the browser's proof of that. */
export type SecondFactorNeeded = Failure<"second_factor"> & { token: string; kinds: FactorKinds };

/** The second factor is to be given, or given again, before this is done. */
export type ConfirmationNeeded = Failure<"confirm_identity">;

/** The kinds of second factor that an account has; null when it has none. */
export async function factorKindsOf(userId: string): Promise<FactorKinds | null> {
  const [apps, passkeys] = await Promise.all([
    reader().authenticatorApp.count({ where: { userId } }),
    reader().passkey.count({ where: { userId } }),
  ]);
  return apps + passkeys > 0 ? { app: apps > 0, passkey: passkeys > 0 } : null;
}

/** The kinds of second factor that a sign-in has to ask for; null for an account without, or a browser that gave it. */
export async function factorToAskFor(
  userId: string,
  { browserHash }: RequestFacts,
): Promise<FactorKinds | null> {
  const kinds = await factorKindsOf(userId);
  if (!kinds || !browserHash) return kinds;
  const trusted = await reader().knownBrowser.count({
    where: { userId, cookieHash: browserHash, trustedAt: { not: null } },
  });
  return trusted > 0 ? null : kinds;
}

/** Keeps a sign-in that has had the right password, until its second factor comes. */
export async function startHalfSignIn(
  user: { id: string; sessionVersion: number },
  kinds: FactorKinds,
  now: Date,
): Promise<SecondFactorNeeded> {
  const token = newLinkToken();
  const expiresAt = later(now, HALF_SIGN_IN_MINUTES * MINUTE_MS);
  const { id: userId, sessionVersion } = user;
  const data = { tokenHash: hashToken(token), userId, sessionVersion, expiresAt };
  await transact((tx) => tx.halfSignIn.create({ data }));
  return { ...fail("second_factor", "Now give your second factor."), token, kinds };
}

/** The failure for a way in that asks for a password only, where the account has a second factor. */
export function signInFirst(): Failure<"second_factor"> {
  const message = "This account has a second factor. Sign in first, then open this page again.";
  return fail("second_factor", message);
}

/**
 * The failure where an account has a second factor and has not given it in this session within ten minutes. Asked
 * before what cannot be undone or widens access. An account without one is never asked.
 */
export function needsConfirmation(actor: MemberActor, now: Date): ConfirmationNeeded | null {
  if (!actor.hasSecondFactor) return null;
  const since = later(now, -CONFIRMED_MINUTES * MINUTE_MS);
  if (actor.confirmedAt && actor.confirmedAt > since) return null;
  return fail("confirm_identity", "Confirm that it is you first.");
}

/** Stores that the second factor was given in this session, and makes its browser one that is not asked for it. */
export async function storeConfirmation(
  tx: Transaction,
  { sessionId, browserId }: { sessionId: string; browserId: string | null },
  now: Date,
): Promise<void> {
  await tx.session.updateMany({ where: { id: sessionId }, data: { confirmedAt: now } });
  if (!browserId) return;
  await tx.knownBrowser.updateMany({
    where: { id: browserId, trustedAt: null },
    data: { trustedAt: now },
  });
}
