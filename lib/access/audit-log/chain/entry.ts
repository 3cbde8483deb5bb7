import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@/lib/access/audit-log/chain/canonical-json";
import type { AuditEventRow } from "@/lib/access/audit-log/chain/stored-event";

/** The hash before the first entry of a chain. */
export const NO_HASH = "0".repeat(64);

/**
 * The facts that the hash of an entry is made of, by the names that an export has for them. Those that may name a contact
 * are in it by their own hash alone, since they may have to go (docs/decisions/audit-chain.md).
 */
function sealedFacts(row: AuditEventRow) {
  return {
    workspace_id: row.workspaceId,
    number: row.number,
    previous_hash: row.previousHash,
    event_id: row.id,
    time: row.at.toISOString(),
    person: row.actorName,
    person_id: row.actorId,
    action: row.action,
    target_type: row.targetType,
    target_id: row.targetId,
    details_hash: row.detailsHash,
    address: row.address,
    user_agent: row.userAgent,
  };
}

/** The hash that an entry must have, in hex: SHA-256 of the canonical JSON of its facts. */
export function hashOfEntry(row: AuditEventRow): string {
  return hashOf(sealedFacts(row));
}

/** The hash of an entry's target and changes as they stand, in hex. */
export function hashOfDetails({
  salt,
  targetName,
  changes,
}: Pick<AuditEventRow, "salt" | "targetName" | "changes">): string {
  return hashOf({ salt, target: targetName, changes: changes as Json });
}

function hashOf(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
