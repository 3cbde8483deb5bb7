import { createHash, randomBytes } from "node:crypto";

/** A new token for a link that works once: 256 random bits that fit into a URL. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The hash by which a link's token is stored and looked up. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
