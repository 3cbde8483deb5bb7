import { randomBytes } from "node:crypto";
import { openSecret, sealSecret } from "@/lib/people/auth/sealed-secret";

/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/**
 * A new signing secret, `whsec_` and 32 random bytes in base64 (https://www.standardwebhooks.com), and how it is
 * stored: sealed for its webhook, because signing needs it back.
 */
export function newSigningSecret(webhookId: string): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  return { secret, sealed: sealSecret("webhook", webhookId, secret) };
}

/** The signing secret that was sealed for this webhook; null where no secret that is accepted now sealed it. */
export function openSigningSecret(webhookId: string, sealed: string): string | null {
  return openSecret("webhook", webhookId, sealed);
}
