import type { MemberActor } from "@/lib/auth/actor";

/** Calls of one UTC day. `refused` are those answered with 4xx or 5xx. */
export type DayOfCalls = { day: string; succeeded: number; refused: number };
/** Calls of one hour, which starts at `hour`. */
export type HourOfCalls = { hour: Date; succeeded: number; refused: number };
/** A program seen using a secret. */
export type Caller = {
  secretId: string;
  address: string;
  userAgent: string;
  calls: number;
  lastAt: Date;
};
/** One call, as the key page lists it. `id` is the request id (`req_…`). */
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
export type FirstCall = Pick<
  RecentRequest,
  "method" | "path" | "address" | "status" | "durationMs" | "at"
>;

/** The last 30 days including today, oldest first, quiet days as zeros; empty where the actor may not see this key's activity. */
export async function dailyCalls(
  _actor: MemberActor,
  _input: { keyId: string },
  _now: Date,
): Promise<DayOfCalls[]> {
  return [];
}

/** The last 24 hours, oldest first, quiet hours as zeros; empty where the actor may not see this key's activity. */
export async function hourlyCalls(
  _actor: MemberActor,
  _input: { keyId: string },
  _now: Date,
): Promise<HourOfCalls[]> {
  return [];
}

/** Calls of the last 30 days, and the median duration of the newest thousand (null without any). */
export async function keyTotals(
  _actor: MemberActor,
  _input: { keyId: string },
  _now: Date,
): Promise<{ calls: number; succeeded: number; typicalMs: number | null }> {
  return { calls: 0, succeeded: 0, typicalMs: null };
}

/** Who called within the last `sinceMs`, by secret, address and user agent: the newest 50 groups of at most 20 000 calls. */
export async function callersSince(
  _actor: MemberActor,
  _input: { keyId: string; sinceMs: number },
  _now: Date,
): Promise<Caller[]> {
  return [];
}

/** The newest calls of a key, at most `limit` (up to 100). */
export async function recentRequests(
  _actor: MemberActor,
  _input: { keyId: string; limit: number },
  _now: Date,
): Promise<RecentRequest[]> {
  return [];
}

/** The very first call of a key, or null while none came. */
export async function firstCall(
  _actor: MemberActor,
  _input: { keyId: string },
  _now: Date,
): Promise<FirstCall | null> {
  return null;
}
