import type { AuditChanges } from "@/lib/people/audit/record";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";

/** The rest of an event. `salt` is the one it had when it was read, by which nobody else has changed it since. */
export type RedactedAudit = { id: string; salt: string; name: string; changes: AuditChanges };

/**
 * Rewrites events that name a deleted contact, and records that they were, in one statement: the only way in which a
 * recorded event ever changes (docs/decisions/audit-chain.md). Events of members and invitations stay as they are.
 * Returns how many were rewritten; the others were changed since they were read.
 */
export async function redactAudits(
  transaction: Transaction,
  workspaceId: string,
  events: readonly RedactedAudit[],
  now: Date,
): Promise<number> {
  const [rewritten] = await transaction.$queryRaw<{ count: number }[]>`
    SELECT audit_redact(${workspaceId}, ${newId("aev", now)}, ${now}::timestamptz,
                        ${JSON.stringify(events)}::jsonb) AS count`;
  return rewritten?.count ?? 0;
}
