import { createHash } from "node:crypto";

/** How a suppression knows an address without keeping it: hex SHA-256 of workspace and normalised address. */
export function emailHash(workspaceId: string, email: string): string {
  return createHash("sha256").update(`${workspaceId} ${email}`).digest("hex");
}
