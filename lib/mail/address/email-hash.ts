import { createHash } from "node:crypto";

/** The hash by which a suppression knows an email without keeping it: hex SHA-256 of workspace and normalised email. */
export function emailHash(workspaceId: string, email: string): string {
  return createHash("sha256").update(`${workspaceId} ${email}`).digest("hex");
}
