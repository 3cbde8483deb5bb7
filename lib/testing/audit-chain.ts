import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON } from "@/lib/testing/api-keys";

/** Records an event for each name, one transaction each. */
export async function happened(actor: MemberActor, names: readonly string[]): Promise<void> {
  for (const name of names)
    await transact((tx) => recordAudit(tx, actor, eventOf(name), TEST_NOON));
}

/** An event about a key of this name. */
export function eventOf(name: string) {
  const target = { type: "key", id: "key_1", name } as const;
  const changes = { name: { from: null, to: name }, ratePerMinute: { from: 600, to: 60 } };
  return { action: "key.edited", target, changes } as const;
}

/** The entries of a workspace in the order of their numbers. */
export async function entriesOf({ workspaceId }: MemberActor) {
  return await db().auditEvent.findMany({ where: { workspaceId }, orderBy: { number: "asc" } });
}

/** Runs a statement as somebody who can turn the triggers off. */
export async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    await client.query(sql, values);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
