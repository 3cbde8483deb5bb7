import { canSeeKey } from "@/lib/access/activity/reading/visible-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt, requestIdOf, timeOfUuid } from "@/lib/platform/ids";

const DAYS = 30;
const HOURS = 24;
/** The newest calls that a median and a list of callers are taken from, which bounds the work of a busy key. */
const TYPICAL_OF = 1_000;
const CALLERS_OF = 20_000;
const MAX_CALLERS = 50;
const MAX_RECENT = 100;

/** Calls of one UTC day (`2026-11-23`). `refused` are those answered with 4xx or 5xx. */
export type DayOfCalls = { day: string; succeeded: number; refused: number };
/** Calls of the hour that starts at `hour`. `refused` are those answered with 4xx or 5xx. */
export type HourOfCalls = { hour: Date; succeeded: number; refused: number };
/** A program that used a secret. */
export type Caller = {
  secretId: string;
  address: string;
  userAgent: string;
  calls: number;
  lastAt: Date;
};
/** One call, as a key's page lists it. `id` is the request id (`req_…`). */
export type RecentRequest = {
  id: string;
  at: Date;
  method: string;
  path: string;
  status: number;
  code: string | null;
  address: string;
  durationMs: number;
};
export type FirstCall = Omit<RecentRequest, "id" | "code">;

/**
 * The last 30 days including today, oldest first, quiet days as zeros. Empty where the actor may not
 * see this key's activity.
 */
export async function dailyCalls(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<DayOfCalls[]> {
  const today = startOf(now, DAY_MS);
  const periods = await callsByPeriod(
    actor,
    keyId,
    DAY_MS,
    later(today, -(DAYS - 1) * DAY_MS),
    DAYS,
  );
  return periods.map(({ from, ...calls }) => ({ day: from.toISOString().slice(0, 10), ...calls }));
}

/**
 * The last 24 hours including this one, oldest first, quiet hours as zeros. Empty where the actor may
 * not see this key's activity.
 */
export async function hourlyCalls(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<HourOfCalls[]> {
  const first = later(startOf(now, HOUR_MS), -(HOURS - 1) * HOUR_MS);
  const periods = await callsByPeriod(actor, keyId, HOUR_MS, first, HOURS);
  return periods.map(({ from, ...calls }) => ({ hour: from, ...calls }));
}

/** The median duration of a key's newest thousand calls of the last 30 days, in ms; null without any. */
export async function typicalDuration(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<number | null> {
  if (!(await canSeeKey(actor, keyId))) return null;
  const [median] = await reader().$queryRaw<{ ms: number | null }[]>`
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_ms)::int AS ms
    FROM (SELECT duration_ms FROM activity
      WHERE workspace_id = ${actor.workspaceId} AND key_id = ${keyId}
        AND id >= ${firstUuidAt(later(now, -DAYS * DAY_MS))}::uuid
      ORDER BY id DESC LIMIT ${TYPICAL_OF}) AS recent`;
  return median?.ms ?? null;
}

/**
 * The programs that used a key within the last `sinceMs`, by secret, address and user agent, the latest first:
 * at most 50, from the newest 20 000 calls. Calls answered 401 or 403 are left out, since a program that is
 * refused anyway does not depend on the key.
 */
export async function callersSince(
  actor: MemberActor,
  { keyId, sinceMs }: { keyId: string; sinceMs: number },
  now: Date,
): Promise<Caller[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const callers = await reader().$queryRaw<(Omit<Caller, "lastAt"> & { lastId: string })[]>`
    SELECT secret_id AS "secretId", address, user_agent AS "userAgent", sum(1 + repeats)::int AS calls,
      max(id::text) AS "lastId"
    FROM (SELECT id, secret_id, address, user_agent, status, repeats FROM activity
      WHERE workspace_id = ${actor.workspaceId} AND key_id = ${keyId}
        AND id >= ${firstUuidAt(later(now, -sinceMs))}::uuid
      ORDER BY id DESC LIMIT ${CALLERS_OF}) AS recent
    WHERE status NOT IN (401, 403)
    GROUP BY 1, 2, 3 ORDER BY 5 DESC LIMIT ${MAX_CALLERS}`;
  return callers.map(({ lastId, ...caller }) => ({ ...caller, lastAt: timeOfUuid(lastId) }));
}

/** The newest calls of a key, at most `limit` (up to 100). */
export async function recentRequests(
  actor: MemberActor,
  { keyId, limit }: { keyId: string; limit: number },
): Promise<RecentRequest[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const rows = await reader().activity.findMany({
    where: { workspaceId: actor.workspaceId, keyId },
    select: { ...callSelect, code: true },
    orderBy: { id: "desc" },
    take: Math.min(Math.max(limit, 1), MAX_RECENT),
  });
  return rows.map(({ id, ...row }) => ({ id: requestIdOf(id), at: timeOfUuid(id), ...row }));
}

/**
 * The first call with a key's current secret, or null before it. People wait for it after they make or rotate
 * a key.
 */
export async function firstCall(
  actor: MemberActor,
  { keyId }: { keyId: string },
): Promise<FirstCall | null> {
  if (!(await canSeeKey(actor, keyId))) return null;
  const { workspaceId } = actor;
  const secret = await reader().apiKeySecret.findFirst({
    where: { workspaceId, keyId, retiresAt: null },
    select: { id: true, createdAt: true },
  });
  if (!secret) return null;
  const row = await reader().activity.findFirst({
    where: {
      workspaceId,
      keyId,
      secretId: secret.id,
      // Without this, the query would read all calls made with earlier secrets first.
      id: { gte: firstUuidAt(secret.createdAt) },
    },
    select: callSelect,
    orderBy: { id: "asc" },
  });
  if (!row) return null;
  const { id, ...call } = row;
  return { ...call, at: timeOfUuid(id) };
}

const callSelect = {
  id: true,
  method: true,
  path: true,
  status: true,
  address: true,
  durationMs: true,
} as const;

type Period = { from: Date; succeeded: number; refused: number };

/** `count` periods of `lengthMs` from `first` on. The hourly counts answer at once, the calls in a second. */
async function callsByPeriod(
  actor: MemberActor,
  keyId: string,
  lengthMs: number,
  first: Date,
  count: number,
): Promise<Period[]> {
  if (!(await canSeeKey(actor, keyId))) return [];
  const hours = await reader().activityHour.findMany({
    where: { workspaceId: actor.workspaceId, keyId, hour: { gte: first } },
    select: { hour: true, outcome: true, calls: true },
  });
  const periods = Array.from({ length: count }, (_, at) => ({
    from: later(first, at * lengthMs),
    succeeded: 0,
    refused: 0,
  }));
  for (const { hour, outcome, calls } of hours) {
    const period = periods[Math.floor((hour.getTime() - first.getTime()) / lengthMs)];
    if (period) period[outcome === "succeeded" ? "succeeded" : "refused"] += calls;
  }
  return periods;
}
