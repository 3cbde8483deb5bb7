import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { authSecret } from "@/lib/people/auth/session-token";
import { authSecrets } from "@/lib/platform/env";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The uses of sealed secrets. Each has a key of its own. */
type SecretUse = "second factor" | "webhook" | "answer";

/** `secret`, encrypted with AUTH_SECRET so that it can be read for this use and owner only. */
export function sealSecret(use: SecretUse, ownerId: string, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key(use, authSecret()), iv).setAAD(Buffer.from(ownerId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/**
 * The secret that was sealed for this use and owner with AUTH_SECRET or AUTH_SECRET_PREVIOUS; null for anything else.
 */
export function openSecret(use: SecretUse, ownerId: string, sealed: string): string | null {
  for (const secret of authSecrets()) {
    const opened = openWith(key(use, secret), ownerId, sealed);
    if (opened !== null) return opened;
  }
  return null;
}

/**
 * The secret sealed with AUTH_SECRET, whichever of the two it was sealed with: the same text where it was sealed so
 * already. Null where neither opens it.
 */
export function resealed(use: SecretUse, ownerId: string, sealed: string): string | null {
  if (openWith(key(use, authSecret()), ownerId, sealed) !== null) return sealed;
  const secret = openSecret(use, ownerId, sealed);
  return secret === null ? null : sealSecret(use, ownerId, secret);
}

function openWith(secretKey: Buffer, ownerId: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  if (tag.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(ALGORITHM, secretKey, iv).setAAD(Buffer.from(ownerId));
    decipher.setAuthTag(tag);
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** The session cookies are encrypted with another key made from the same secret (RFC 5869). */
function key(use: SecretUse, secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `postern: ${use}`, 32));
}
