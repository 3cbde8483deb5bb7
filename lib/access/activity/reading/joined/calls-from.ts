import { Prisma } from "@/prisma/generated/client";

/** Some callers of a workspace's keys, by their IP addresses; null for all callers. */
export type CallersOf = { workspaceId: string; addresses: readonly string[] | null };

/**
 * SQL that is true for a call of these callers, by SQL for its id.
 *
 * It stands in statements about other tables, each row of which names the call that made it: a batch is chosen and
 * changed in one statement, and a call is looked up by its primary key. Another engine would need the IP address beside
 * the id of the call, as `contact_change` has it.
 */
export function isCallFrom(callId: Prisma.Sql, { workspaceId, addresses }: CallersOf): Prisma.Sql {
  if (!addresses) return Prisma.sql`TRUE`;
  return Prisma.sql`EXISTS (
    SELECT FROM activity
    WHERE activity.id = ${callId} AND activity.workspace_id = ${workspaceId} AND address = ANY(${addresses}::text[]))`;
}
