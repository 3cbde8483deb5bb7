import { randomUUID } from "node:crypto";
import type { AuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { isHttps, requestFacts } from "@/lib/people/auth/request-facts";
import { signInInput } from "@/lib/people/auth/schema";
import { closeSession } from "@/lib/people/auth/session-store";
import { authSecret, claimsIn, SESSION_MAX_AGE_SECONDS } from "@/lib/people/auth/session-token";
import { signIn, wrongCredentials } from "@/lib/people/auth/sign-in";
import { now } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

/** What came of a sign-in that was tried during one request. */
export type SignInOutcome =
  | Awaited<ReturnType<typeof signIn>>
  | { ok: false; code: "crashed"; error: unknown };

/**
 * Where next-auth looks for an address to return to, which this app never leaves to it. Planted under the usual
 * name, one that is no address would keep people from signing in; this name nobody knows.
 */
export const NO_RETURN_COOKIE = `unused-${randomUUID()}`;

/**
 * next-auth's settings for one request: e-mail and password, and an encrypted token that carries no more
 * than the session's claims. `report` is told how a sign-in went, since next-auth itself passes on no more
 * than that it failed.
 */
export function authOptions(
  headers: Headers,
  report: (outcome: SignInOutcome) => void,
): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: isHttps(headers),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    pages: { signIn: "/login", error: "/login" },
    cookies: { callbackUrl: { name: NO_RETURN_COOKIE, options: {} } },
    logger: { error: logError, warn: () => {}, debug: () => {} },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const outcome = await trySignIn(credentials, headers);
          report(outcome);
          // next-auth wants a user; the claims are all that the token is made of.
          return outcome.ok ? ({ id: outcome.value.userId, claims: outcome.value } as User) : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => claimsIn(user && "claims" in user ? user.claims : token) ?? {},
    },
    events: {
      async signOut({ token }) {
        const claims = claimsIn(token);
        if (claims) await closeSession(claims.sessionId);
      },
    },
  };
}

/** next-auth would show a thrown error's message to the caller, so one is handed on as an outcome. */
async function trySignIn(credentials: unknown, headers: Headers): Promise<SignInOutcome> {
  const { email, password } = (credentials ?? {}) as Record<string, unknown>;
  const parsed = signInInput.safeParse({ email, password });
  if (!parsed.success) return wrongCredentials();
  try {
    return await signIn(parsed.data, requestFacts(headers), now());
  } catch (error) {
    return { ok: false, code: "crashed", error };
  }
}

function logError(code: string, metadata: unknown): void {
  log.error({ code, err: metadata instanceof Error ? metadata : undefined }, "next-auth failed");
}
