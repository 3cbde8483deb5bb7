import { createHash } from "node:crypto";
import { wireForm } from "@/lib/mail/address/mailbox";

/** The hash by which a suppression knows an email without keeping it: hex SHA-256 of workspace and normalised email. */
export function emailHash(workspaceId: string, email: string): string {
  return createHash("sha256").update(`${workspaceId} ${email}`).digest("hex");
}

/**
 * Every hash that may stand for a normalised email, its own first. Emails at an international domain were stored
 * in either of its forms once, and a suppression whose email is forgotten cannot be moved to the other.
 */
export function emailHashes(workspaceId: string, email: string): string[] {
  return [...new Set([email, wireForm(email)])].map((form) => emailHash(workspaceId, form));
}
