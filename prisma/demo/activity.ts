import { randomInt } from "node:crypto";
import { type CallCounts, NOBODY } from "@/lib/access/activity/recording/call-counts";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { presetScopes, type UseCase } from "@/lib/access/api-keys/key/presets";
import { routeNeeds } from "@/lib/api/routes/route-needs";
import type { Scope } from "@/lib/people/auth/scopes";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { newUuid } from "@/lib/platform/ids";
import type { DemoKey } from "./keys";

/** A key of the demo, its secrets, and the times at which they were in use. */
export type MadeKey = {
  plan: DemoKey;
  workspaceId: string;
  keyId: string;
  secretId: string;
  /** The old secret, which some callers still use, and the start of the newer one. */
  older?: { secretId: string; newerSince: Date };
  /** The instant after which no call is accepted; null for a key that still works. */
  endedAt: Date | null;
};

type Call = Pick<RequestRecord, "method" | "route" | "path" | "bytesIn" | "bytesOut"> & CallCounts;

const HISTORY_DAYS = 30;
const BATCH = 500;

/**
 * Stores thirty days of calls, more by day and on weekdays, with the refusals that real callers get, and the `unusual`
 * ones.
 */
export async function fillActivity(
  keys: readonly MadeKey[],
  unusual: readonly RequestRecord[],
  now: Date,
): Promise<void> {
  const usual = keys.flatMap((key) => [...callsOf(key, now), ...lastHourOf(key, now)]);
  const records = [...usual, ...unusual];
  records.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let at = 0; at < records.length; at += BATCH) {
    await storeBatch(records.slice(at, at + BATCH), []);
  }
}

function callsOf(key: MadeKey, now: Date): RequestRecord[] {
  if (key.plan.callers.length === 0) return [];
  const { ageDays, quietDays = 0 } = key.plan;
  const days = Math.min(HISTORY_DAYS, ageDays - quietDays);
  const dayBefore = (back: number) => later(now, -(quietDays + back + 1) * DAY_MS);
  return Array.from({ length: days }, (_, back) => dayBefore(back)).flatMap((dayStart) => {
    const weekend = [0, 6].includes(dayStart.getUTCDay()) ? 0.5 : 1;
    const calls = Math.round(key.plan.callsPerDay * weekend * (0.75 + randomInt(50) / 100));
    return Array.from({ length: calls }, () => callAt(key, momentOf(dayStart), now));
  });
}

/** Enough calls for the pages that show the last hour, whatever the time of day is. */
function lastHourOf(key: MadeKey, now: Date): RequestRecord[] {
  if (key.plan.callers.length === 0 || key.plan.quietDays) return [];
  const calls = Math.ceil(key.plan.callsPerDay / 6);
  return Array.from({ length: calls }, () => callAt(key, later(now, -randomInt(HOUR_MS)), now));
}

/** A random instant of a day: of two draws the one nearer to midday, so that there are more calls by day. */
function momentOf(dayStart: Date): Date {
  const draws = [randomInt(DAY_MS), randomInt(DAY_MS)].map((ms) => later(dayStart, ms));
  const fromNoon = (at: Date) => Math.abs((at.getTime() % DAY_MS) - 12 * HOUR_MS);
  draws.sort((a, b) => fromNoon(a) - fromNoon(b));
  return draws[0] ?? dayStart;
}

function callAt(key: MadeKey, at: Date, now: Date): RequestRecord {
  const caller = pick(key.plan.callers);
  const call = pick(randomInt(100) === 0 ? OVERREACHES : CALLS[key.plan.useCase]);
  const { status, code } = outcomeOf(call, key, at, now);
  const stillOnOld = key.older && (at < key.older.newerSince || caller !== key.plan.callers[0]);
  return {
    ...recordOf(key, call, at),
    ...(stillOnOld && key.older ? { secretId: key.older.secretId } : {}),
    status,
    code,
    durationMs: status === 200 ? 2 + randomInt(12) : randomInt(3),
    ...caller,
    bytesOut: status === 200 ? call.bytesOut : 420 + randomInt(80),
    ...(status === 200 ? {} : NOBODY),
    authenticated: status !== 401,
  };
}

/** A call that succeeds, by a key's current secret and its first caller. */
export function recordOf(key: MadeKey, call: Call, at: Date): RequestRecord {
  const [caller = { address: "", userAgent: "" }] = key.plan.callers;
  return {
    ...call,
    ...caller,
    id: newUuid(at),
    workspaceId: key.workspaceId,
    keyId: key.keyId,
    secretId: key.secretId,
    environment: key.plan.environment ?? "live",
    status: 200,
    code: null,
    durationMs: 2 + randomInt(12),
    repeats: 0,
    scopes: routeNeeds(call)?.scopes ?? [],
    authenticated: true,
  };
}

type Outcome = { status: number; code: string | null };

/** The answer of the gate to a key with these scopes. Now and then it is a failure that any caller can get. */
function outcomeOf(call: Call, key: MadeKey, at: Date, now: Date): Outcome {
  if (key.endedAt && at > key.endedAt) return { status: 401, code: endCode(key.plan) };
  const draw = randomInt(1_000);
  const rushHour = later(now, -9 * DAY_MS).getTime();
  const inRush = Math.abs(at.getTime() - rushHour) < 40 * MINUTE_MS;
  if (inRush || draw < 4) return { status: 429, code: "rate_limit_exceeded" };
  if (!mayMake(call, key.plan)) return { status: 403, code: "insufficient_scope" };
  if (draw < 12 && call.bytesIn > 0) return { status: 422, code: "validation_error" };
  if (draw < 20 && call.method === "PATCH") return { status: 404, code: "not_found" };
  if (draw < 21) return { status: 503, code: "service_unavailable" };
  return { status: 200, code: null };
}

function mayMake(call: Call, plan: DemoKey): boolean {
  const held: readonly Scope[] = plan.scopes ?? presetScopes(plan.useCase);
  return (routeNeeds(call)?.scopes ?? []).every((scope) => held.includes(scope));
}

function endCode(plan: DemoKey): string {
  if (plan.fate === "paused") return "paused_api_key";
  if (plan.fate === "frozen") return "frozen_api_key";
  return plan.expiry.kind === "expired" ? "expired_api_key" : "revoked_api_key";
}

/** A call that touches nobody. `reading`, `changing` and others of their kind add the people it touches. */
export function call(
  method: string,
  route: string,
  path: string,
  bytesIn = 0,
  bytesOut = 600,
): Call {
  return { method, route, path, bytesIn, bytesOut, ...NOBODY };
}

function reading(call: Call, contactsRead: number): Call {
  return { ...call, contactsRead };
}

function changing(call: Call): Call {
  return { ...call, contactsChanged: 1 };
}

/** Activity names nobody by email. */
const CONTACT = "/contacts/{email}";
const CONTACT_CALLS = [
  call("PUT", "/contacts/:idOrEmail", CONTACT, 210, 340),
  call("PATCH", "/contacts/:idOrEmail", CONTACT, 64, 340),
  call("PUT", "/contacts/:idOrEmail", CONTACT, 230, 350),
  call("PATCH", "/contacts/:idOrEmail", CONTACT, 71, 350),
].map(changing);

const CALLS: Record<UseCase, Call[]> = {
  "crm-sync": [
    ...CONTACT_CALLS,
    reading(call("GET", "/contacts", "/contacts", 0, 21_400), 50),
    call("GET", "/me", "/me"),
  ],
  "transactional-email": [call("GET", "/me", "/me")],
  analytics: [call("GET", "/me", "/me"), call("GET", "/campaigns", "/campaigns", 0, 9_800)],
  personalization: [
    call("GET", "/me", "/me"),
    reading(call("GET", "/contacts/:idOrEmail", CONTACT, 0, 340), 1),
    reading(call("GET", "/contacts/:idOrEmail", CONTACT, 0, 350), 1),
  ],
  custom: [changing(call("POST", "/contacts", "/contacts", 180, 330)), call("GET", "/me", "/me")],
};

/** Calls that a caller tries now and then, whether or not its key may make them. */
const OVERREACHES = [
  call("GET", "/contacts", "/contacts", 0, 900),
  call("DELETE", "/contacts/:idOrEmail", "/contacts/marie@example.com"),
];

function pick<T>(choices: readonly T[]): T {
  return choices[randomInt(choices.length)] as T;
}
