import { newestCallers } from "@/lib/access/activity/reading/counts/newest-callers";
import { routeHours } from "@/lib/access/activity/reading/counts/route-hours";
import { callsWithRetired } from "@/lib/access/activity/reading/joined/calls-with-retired";
import { habitSchema } from "@/lib/access/findings/habits/habit";
import type {
  Caller,
  HourUse,
  RouteHour,
  UnknownSecrets,
  UseFacts,
} from "@/lib/access/findings/judging/key-facts";
import { type KindWithFacts, readFacts } from "@/lib/access/findings/kind/facts";
import { isFindingKind, STANDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { STILL_CALLED_DAYS } from "@/lib/access/findings/kind/limits";
import {
  CALLERS_READ,
  INTENDED_DAYS,
  UNUSUAL_NAMED_DAYS,
} from "@/lib/access/findings/kind/unusual-limits";
import { byKey } from "@/lib/access/findings/watching/by-key";
import { awakeSince } from "@/lib/access/findings/watching/use-look";
import { DAY_MS, HOUR_MS, later, startOf } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";

/**
 * The hours that are compared with a habit: the current one, and the last whole ones, so that a late look misses none.
 */
const HOURS_BACK = 2;
/** Secrets that were retired longer ago than this are no longer watched. */
const RETIRED_DAYS = 90;

/** The use of each key that is compared with its habit. The number of statements is the same for any number of keys. */
export async function readUsual(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, UseFacts>> {
  const hours = await hoursOf(keyIds, now);
  const callers = await callersOf(keyIds);
  const habits = new Map(
    (await reader().keyHabit.findMany({ where: { keyId: { in: [...keyIds] } } })).map(
      ({ keyId, habit }) => [keyId, habitSchema.safeParse(habit).data ?? null],
    ),
  );
  const findings = await findingsOf(keyIds, now);
  const retired = await retiredCallsOf(keyIds, now);
  const unknown = await unknownSecretsOf(keyIds, now);
  const since = await awakeSince(now);
  return new Map(
    keyIds.map((keyId) => [
      keyId,
      {
        habit: habits.get(keyId) ?? null,
        hours: hours.get(keyId) ?? [],
        callers: callers.get(keyId) ?? [],
        standing: findings.get(keyId)?.standing ?? [],
        intended: findings.get(keyId)?.intended ?? [],
        withRetired: retired.get(keyId) ?? null,
        unknownSecrets: unknown.get(keyId) ?? [],
        awakeSince: since,
      },
    ]),
  );
}

async function hoursOf(keyIds: readonly string[], now: Date): Promise<Map<string, HourUse[]>> {
  const from = later(startOf(now, HOUR_MS), -HOURS_BACK * HOUR_MS);
  const rows = await routeHours(keyIds, { from });
  return new Map([...byKey(rows)].map(([keyId, of]) => [keyId, byHour(of)]));
}

function byHour(rows: readonly (RouteHour & { hour: Date })[]): HourUse[] {
  const hours = new Map<number, { hour: Date; routes: RouteHour[] }>();
  for (const { hour, ...route } of rows) {
    const known = hours.get(hour.getTime());
    if (known) known.routes.push(route);
    else hours.set(hour.getTime(), { hour, routes: [route] });
  }
  return [...hours.values()];
}

async function callersOf(keyIds: readonly string[]): Promise<Map<string, Caller[]>> {
  return byKey(await newestCallers(keyIds, { callersMax: CALLERS_READ }));
}

/**
 * The findings about unusual hours that are open or were just closed, and those that somebody left because they are
 * meant to be so.
 */
async function findingsOf(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, Pick<UseFacts, "standing" | "intended">>> {
  const since = later(now, -INTENDED_DAYS * DAY_MS);
  const justNow = later(now, -(HOURS_BACK + 1) * HOUR_MS);
  const rows = await reader().finding.findMany({
    where: {
      keyId: { in: [...keyIds] },
      OR: [
        { closedAt: null, kind: { in: [...STANDING_KINDS] } },
        {
          closedAt: { gte: justNow },
          kind: { in: [...STANDING_KINDS] },
        },
        { dismissReason: "intended", dismissedAt: { gt: since } },
      ],
    },
    select: {
      keyId: true,
      kind: true,
      degree: true,
      facts: true,
      closedAt: true,
      dismissReason: true,
    },
  });
  return new Map(
    [...byKey(rows)].map(([keyId, of]) => [
      keyId,
      {
        standing: of
          .filter(({ kind, closedAt }) => isStanding(kind) && !(closedAt && closedAt < justNow))
          .flatMap((row) => known(row).map((about) => ({ ...about, degree: row.degree }))),
        intended: of
          .filter(({ dismissReason }) => dismissReason === "intended")
          .flatMap((row) => known(row)),
      },
    ]),
  );
}

function isStanding(kind: string): boolean {
  return STANDING_KINDS.some((one) => one === kind);
}

function known({ kind, facts }: { kind: string; facts: unknown }): KindWithFacts[] {
  const about = isFindingKind(kind) ? readFacts(kind, facts) : null;
  return about ? [about] : [];
}

/** The calls of the last seven days with a secret that was retired in the last 90. */
async function retiredCallsOf(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, NonNullable<UseFacts["withRetired"]>>> {
  const retiredSince = later(now, -RETIRED_DAYS * DAY_MS);
  const calledSince = later(now, -STILL_CALLED_DAYS * DAY_MS);
  const rows = await callsWithRetired(keyIds, { retiredSince, calledSince }, now);
  return new Map(rows.map(({ keyId, ...calls }) => [keyId, calls]));
}

/** The calls with unknown secrets that are about each key: of an hour, those of five callers and one more at most. */
async function unknownSecretsOf(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, UnknownSecrets[]>> {
  const rows = await reader().unknownSecretHour.findMany({
    where: {
      keyId: { in: [...keyIds] },
      lastAt: { gt: later(now, -UNUSUAL_NAMED_DAYS * DAY_MS) },
    },
    select: { keyId: true, hour: true, caller: true, calls: true, secrets: true, lastAt: true },
  });
  return byKey(rows);
}
