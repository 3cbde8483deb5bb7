import type { EmptyBars } from "@/lib/access/activity/reading/bars";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { HOUR_MS, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** The filters that the hourly counts cannot answer. */
const UNCOUNTED = ["status", "method", "address", "path", "q"] as const;

/** The calls of one bar that had one outcome. */
export type BarCount = { bar: number; succeeded: boolean; calls: number };

/** True where the hourly counts hold what `query` asks for, by bars of `barMs`. */
export function isCountedHourly(query: ActivityQuery, barMs: number): boolean {
  return barMs >= HOUR_MS && UNCOUNTED.every((filter) => query[filter] === undefined);
}

/** The calls of each bar by the hourly counts: those of these keys, or for null those of the whole workspace. */
export async function hourlyCounts(
  workspaceId: string,
  keyIds: readonly string[] | null,
  { from, to, barMs }: EmptyBars,
): Promise<BarCount[]> {
  const keys = keyIds ? Prisma.sql`key_id = ANY(${keyIds}::text[])` : Prisma.sql`TRUE`;
  return await reader().$queryRaw<BarCount[]>`
    SELECT floor(extract(epoch FROM hour) * 1000 / ${barMs}::bigint)::int AS bar,
      outcome = 'succeeded' AS succeeded, sum(calls)::int AS calls
    FROM activity_hour
    WHERE workspace_id = ${workspaceId} AND hour >= ${startOf(from, HOUR_MS)} AND hour < ${to} AND ${keys}
    GROUP BY 1, 2`;
}
