import { generateSecret, generateURI, verifySync } from "otplib";
import { SECOND_MS } from "@/lib/platform/clock";

/** RFC 6238 recommends 30 s, and no more than one step of tolerance for clocks and slow typing (section 5.2). */
const STEP_SECONDS = 30;

const CODE = /^\d{6}$/;

/** A new secret for an authenticator app: 160 random bits as base32. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** What an authenticator app reads from the picture: the secret, and whose it is. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: "Postern", label: email, secret });
}

/** Whether `code` has the form of an app's code. */
export function isTotpCode(code: string): boolean {
  return CODE.test(code);
}

/** The time step that `code` belongs to, the present one or a neighbour; null for a code of none of them. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  if (!isTotpCode(code)) return null;
  const epoch = Math.floor(now.getTime() / SECOND_MS);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}
