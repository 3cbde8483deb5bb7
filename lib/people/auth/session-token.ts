import { decode, encode, type JWT } from "next-auth/jwt";
import { z } from "zod";
import { SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import type { SessionClaims } from "@/lib/people/auth/session-store";
import { SECOND_MS } from "@/lib/platform/clock";
import { authSecrets } from "@/lib/platform/env";

const claimsSchema = z.object({
  userId: z.string().min(1),
  sessionId: z.string().min(1),
  sessionVersion: z.number().int(),
});

/** The lifetime of a session cookie in seconds; the session itself may end sooner. */
export const SESSION_MAX_AGE_SECONDS = SESSION_LIFE_MS / SECOND_MS;

/** The secret that session cookies are encrypted with. */
export function authSecret(): string {
  const [secret] = authSecrets();
  if (!secret) throw new Error("AUTH_SECRET is not set");
  return secret;
}

/** The claims as next-auth's encrypted token. */
export async function sealSessionToken(claims: SessionClaims): Promise<string> {
  return await encode({ token: claims, secret: authSecret(), maxAge: SESSION_MAX_AGE_SECONDS });
}

/** The claims in a token that this app sealed, or null. They prove nothing until `findSession` has checked them. */
export async function openSessionToken(token: string): Promise<SessionClaims | null> {
  return claimsIn(await decryptToken(token));
}

/** The content of a token that was encrypted with AUTH_SECRET or AUTH_SECRET_PREVIOUS, or null. */
export async function decryptToken(token: string): Promise<JWT | null> {
  for (const secret of authSecrets()) {
    const payload = await decode({ token, secret }).catch(() => null);
    if (payload) return payload;
  }
  return null;
}

/** The claims in a decrypted token's payload, or null where it has none. */
export function claimsIn(payload: unknown): SessionClaims | null {
  return claimsSchema.safeParse(payload).data ?? null;
}
