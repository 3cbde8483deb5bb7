import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/**
 * Raises the contact clock and returns the instant of the change that `tx` is about to make: the `updated_at` of
 * the contacts it writes and the `deleted_at` of those it deletes. Call it before the first contact is written.
 * The clock's row stays locked until `tx` ends, so changes become visible in the order of their instants, and a
 * program that reads them by `updated_since` misses and repeats nothing (docs/decisions/contact-changes.md). The
 * instant is never earlier than `now`, and always later than that of the change before.
 */
export async function raiseContactClock(
  tx: Reader,
  workspaceId: string,
  environment: Environment,
  now: Date,
): Promise<Date> {
  const rows = await tx.$queryRaw<{ at: Date }[]>`
    INSERT INTO contact_clock AS clock (workspace_id, environment, last_change_at)
    VALUES (${workspaceId}, ${environment}::"Environment", ${now})
    ON CONFLICT (workspace_id, environment) DO UPDATE
      SET last_change_at = GREATEST(
        EXCLUDED.last_change_at, clock.last_change_at + interval '1 millisecond')
    RETURNING last_change_at AS at`;
  if (!rows[0]) throw new Error("The contact clock was not raised.");
  return rows[0].at;
}

/** Where contacts change: one environment of a workspace. */
type Place = { workspaceId: string; environment: Environment };

/**
 * SQL that raises the clock and gives the instant as `at`, for a statement that writes contacts by itself. It gives no
 * row where the clock does not stand at `seen` any more: then some contact has changed since it was read.
 */
export function clockIfStill(
  { workspaceId, environment }: Place,
  seen: Date | null,
  now: Date,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO contact_clock AS clock (workspace_id, environment, last_change_at)
    VALUES (${workspaceId}, ${environment}::"Environment", ${now})
    ON CONFLICT (workspace_id, environment) DO UPDATE
      SET last_change_at = GREATEST(
        EXCLUDED.last_change_at, clock.last_change_at + interval '1 millisecond')
      WHERE clock.last_change_at = ${seen}::timestamptz(3)
    RETURNING last_change_at AS at`;
}
