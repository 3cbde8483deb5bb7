import { randomUUID } from "node:crypto";
import type { AuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { isHttps, requestFacts } from "@/lib/people/auth/request-facts";
import { signInInput } from "@/lib/people/auth/schema";
import { closeSession } from "@/lib/people/auth/session-store";
import {
  authSecret,
  claimsIn,
  decryptToken,
  SESSION_MAX_AGE_SECONDS,
} from "@/lib/people/auth/session-token";
import { signIn, wrongCredentials } from "@/lib/people/auth/sign-in";
import { now } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

/** The outcome of the sign-in that one request tried. */
export type SignInOutcome =
  | Awaited<ReturnType<typeof signIn>>
  | { ok: false; code: "crashed"; error: unknown };

/**
 * The cookie in which next-auth looks for a URL to return to. This app never uses it. Under its usual name
 * another site could plant a malformed URL, which would stop people from signing in; nobody can guess this name.
 */
export const NO_RETURN_COOKIE = `unused-${randomUUID()}`;

/**
 * next-auth's settings for one request: sign-in by email and password, and an encrypted token with nothing
 * but the session's claims. `report` hears the outcome of a sign-in, since next-auth itself passes on only
 * that it failed.
 */
export function authOptions(
  headers: Headers,
  report: (outcome: SignInOutcome) => void,
): AuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: isHttps(headers),
    jwt: { decode: async ({ token }) => (token ? await decryptToken(token) : null) },
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
          // next-auth wants a user, but the token is made of the claims alone.
          if (!outcome.ok) return null;
          const { claims } = outcome.value;
          return { id: claims.userId, claims } as User;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => claimsIn(user && "claims" in user ? user.claims : token) ?? {},
    },
    events: {
      async signOut({ token }) {
        const claims = claimsIn(token);
        if (claims) await closeSession(claims.sessionId, now());
      },
    },
  };
}

/** An exception becomes an outcome, since next-auth would show its message to the caller. */
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
