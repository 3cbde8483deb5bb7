import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { authSecret } from "@/lib/people/auth/session-token";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The uses of sealed secrets. Each has a key of its own. */
type SecretUse = "second factor" | "webhook" | "answer";

/** `secret`, encrypted so that it can be read for this use and owner only, and only with the present AUTH_SECRET. */
export function sealSecret(use: SecretUse, ownerId: string, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key(use), iv).setAAD(Buffer.from(ownerId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The secret that was sealed for this use and owner; null for anything else, and after a change of AUTH_SECRET. */
export function openSecret(use: SecretUse, ownerId: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  if (tag.length < TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(ALGORITHM, key(use), iv).setAAD(Buffer.from(ownerId));
    decipher.setAuthTag(tag);
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** The session cookies are encrypted with another key made from the same secret (RFC 5869). */
function key(use: SecretUse): Buffer {
  return Buffer.from(hkdfSync("sha256", authSecret(), "", `postern: ${use}`, 32));
}
