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

/*
 * Each function is one statement for all its keys. It reads a bounded number of rows of each key by an index.
 */

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
  const retired = await callsWithRetired(keyIds, now);
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
  const rows = await reader().$queryRaw<(RouteHour & { keyId: string; hour: Date })[]>`
    SELECT key_id AS "keyId", hour, method, route, calls, refused, not_found AS "notFound", in_url AS "inUrl",
      contacts_read AS "contactsRead"
    FROM activity_route_hour WHERE key_id = ANY(${keyIds}::text[]) AND hour >= ${from}`;
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
  const rows = await reader().$queryRaw<(Caller & { keyId: string })[]>`
    SELECT key.id AS "keyId", network, address, program, first_at AS "firstAt"
    FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
      SELECT network, address, program, first_at FROM activity_caller
      WHERE key_id = key.id ORDER BY first_at DESC LIMIT ${CALLERS_READ}
    ) AS newest
    ORDER BY key.id, first_at`;
  return byKey(rows);
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

/** The calls with a retired secret. They count from the hour after it was retired, since it may have worked before. */
async function callsWithRetired(
  keyIds: readonly string[],
  now: Date,
): Promise<Map<string, NonNullable<UseFacts["withRetired"]>>> {
  const [earliest, oldest] = [-STILL_CALLED_DAYS, -RETIRED_DAYS].map((days) =>
    later(now, days * DAY_MS),
  );
  const rows = await reader().$queryRaw<
    (NonNullable<UseFacts["withRetired"]> & { keyId: string })[]
  >`
    SELECT secret.key_id AS "keyId", max(retires_at) AS "retiredAt", sum(calls)::int AS calls, max(hour) AS "lastAt"
    FROM api_key_secret AS secret JOIN activity_hour
      ON activity_hour.key_id = secret.key_id AND activity_hour.secret_id = secret.id
    WHERE secret.key_id = ANY(${keyIds}::text[]) AND retires_at > ${oldest} AND retires_at <= ${now}
      AND hour >= ${earliest} AND hour > retires_at AND outcome = 'refused'
    GROUP BY secret.key_id`;
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
