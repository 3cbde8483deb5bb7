import { type ActivityQuery, pathAsStored, statusFilterOf } from "@/lib/access/activity/schema";
import { firstUuidAt } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
const REQUEST_ID_PREFIX = /^req_([0-7][0-9a-hjkmnp-tv-z]{0,25})$/;

/** A search as the database runs it: one index, a range of ids, and the conditions checked row by row. */
export type SearchPlan = {
  workspaceId: string;
  /** Only these keys' rows, or null for the whole workspace's. */
  keyIds: readonly string[] | null;
  /** Rows from `lower` on, and below `upper`. */
  lower: string;
  upper: string;
  /** The condition that an index serves together with the order by id. */
  served: Prisma.Sql;
  /** The conditions checked row by row, in bounded steps; null when there are none. */
  unserved: Prisma.Sql | null;
};

/**
 * Plans a search. One index serves the keys, an address or a class of refusals (by its partial index); all
 * other conditions are checked on the rows that this index gives.
 */
export function planSearch(
  workspaceId: string,
  keyIds: readonly string[] | null,
  query: Omit<ActivityQuery, "before" | "key" | "range" | "view">,
): SearchPlan {
  const idRange = query.q ? requestIdRange(query.q) : null;
  const conditions = conditionsOf({ ...query, q: idRange ? undefined : query.q });
  const served = keyIds ? undefined : conditions.find(({ hasIndex }) => hasIndex);
  const unserved = conditions.filter((condition) => condition !== served);
  return {
    workspaceId,
    keyIds,
    lower: highest(query.from ? firstUuidAt(query.from) : LOWEST, idRange?.lower ?? LOWEST),
    upper: lowest(query.to ? firstUuidAt(query.to) : HIGHEST, idRange?.upper ?? HIGHEST),
    served: served?.sql ?? Prisma.sql`TRUE`,
    unserved:
      unserved.length > 0
        ? Prisma.join(
            unserved.map(({ sql }) => sql),
            " AND ",
          )
        : null,
  };
}

type Condition = { sql: Prisma.Sql; hasIndex: boolean };

function conditionsOf(
  query: Omit<ActivityQuery, "before" | "key" | "range" | "view">,
): Condition[] {
  const { address, status, method, path, q } = query;
  const conditions: Condition[] = [];
  if (address) conditions.push({ sql: Prisma.sql`address = ${address}`, hasIndex: true });
  if (status) conditions.push(statusCondition(status));
  if (method) conditions.push({ sql: Prisma.sql`method = ${method}`, hasIndex: false });
  if (path) conditions.push({ sql: pathCondition(path), hasIndex: false });
  if (q) conditions.push({ sql: textCondition(q), hasIndex: false });
  return conditions;
}

/** The bounds are part of the SQL text: as parameters, the planner would not use the partial index. */
function statusCondition(text: string): Condition {
  const status = statusFilterOf(text);
  if (status.kind === "problems") return { sql: Prisma.sql`status >= 400`, hasIndex: true };
  if (status.kind === "code") return { sql: Prisma.sql`code = ${status.code}`, hasIndex: false };
  if (status.kind === "exact")
    return { sql: Prisma.sql`status = ${status.status}`, hasIndex: false };
  if (status.hundreds === 5) return { sql: Prisma.sql`status >= 500`, hasIndex: true };
  if (status.hundreds === 4) return { sql: Prisma.sql`status BETWEEN 400 AND 499`, hasIndex: true };
  return { sql: Prisma.sql`status BETWEEN 200 AND 299`, hasIndex: false };
}

function pathCondition(typed: string): Prisma.Sql {
  const start = pathAsStored(typed);
  return Prisma.sql`(starts_with(path, ${start}) OR starts_with(route, ${start}))`;
}

function textCondition(text: string): Prisma.Sql {
  const within = (column: Prisma.Sql) => Prisma.sql`strpos(lower(${column}), lower(${text})) > 0`;
  const columns = ["path", "address", "user_agent", "coalesce(code, '')"].map((it) =>
    Prisma.raw(it),
  );
  const conditions = columns.map(within);
  if (/^[1-5]\d\d$/.test(text)) conditions.push(Prisma.sql`status = ${Number(text)}`);
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

/**
 * The ids whose request id begins with `text` (`req_` and at least one more character), as a range of
 * the primary key; also for a whole UUID. Null where `text` is neither.
 */
export function requestIdRange(text: string): { lower: string; upper: string } | null {
  const lowered = text.toLowerCase();
  const suffix = REQUEST_ID_PREFIX.exec(lowered)?.[1];
  if (suffix) {
    const first = uuidOf(suffix.padEnd(26, "0"));
    const last = uuidOf(suffix.padEnd(26, "z"));
    return { lower: hexAsUuid(first), upper: hexAsUuid(last + 1n) };
  }
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lowered)) return null;
  return { lower: lowered, upper: hexAsUuid(BigInt(`0x${lowered.replaceAll("-", "")}`) + 1n) };
}

function uuidOf(suffix: string): bigint {
  return [...suffix].reduce((sum, digit) => sum * 32n + BigInt(BASE32.indexOf(digit)), 0n);
}

function hexAsUuid(value: bigint): string {
  const hex = value.toString(16).padStart(32, "0");
  if (hex.length > 32) return HIGHEST;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function highest(one: string, other: string): string {
  return one > other ? one : other;
}

function lowest(one: string, other: string): string {
  return one < other ? one : other;
}
