import { type Habit, hourOfWeek, type Season } from "@/lib/access/findings/habits/habit";
import { type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { HourUse, KeyFacts, RouteHour } from "@/lib/access/findings/judging/key-facts";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import type { Excess } from "@/lib/access/findings/kind/unusual-facts";
import {
  ABOVE_INTENDED,
  ABOVE_YOUNG,
  CONTACTS_OF_A_PAGE,
  EXCESS,
  LEARNING_DAYS,
  MORE_ROUTES,
  NAMED_MAX,
  SCANNED_ROUTES,
  UNUSUAL_NAMED_DAYS,
  WALKED_SHARE,
  WALKED_TIMES_SHARE,
  YOUNG_DAYS,
} from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import type { FindingSeverity } from "@/prisma/generated/enums";

type ExcessKind = keyof typeof EXCESS;
type Count = Exclude<keyof RouteHour, "method" | "route">;

/** The facts of a key that tell whether an hour of it was unusual. */
type ExcessFacts = Pick<KeyFacts, "secretSince" | "use">;

type Rule = {
  severity: FindingSeverity;
  /** The count that is compared with the habit. */
  of: Count;
  usual: (habit: Habit) => Season | number;
  /** The routes of an hour that count; all of them where it is left out. */
  among?: (hour: HourUse, habit: Habit) => readonly RouteHour[];
  /** Another condition that the hour has to meet. */
  holds?: (hour: HourUse, habit: Habit) => boolean;
};

const RULES: Record<ExcessKind, Rule> = {
  burst: { severity: "soon", of: "calls", usual: (habit) => habit.calls, among: withoutPages },
  bulk_reading: {
    severity: "urgent",
    of: "contactsRead",
    usual: (habit) => habit.contactsRead,
  },
  scanning: {
    severity: "urgent",
    of: "refused",
    usual: () => 0,
    holds: ({ routes }, { refusedRoutesTop }) =>
      routes.filter(({ refused }) => refused > 0).length >=
      Math.max(SCANNED_ROUTES, refusedRoutesTop + MORE_ROUTES),
  },
  walking: {
    severity: "soon",
    of: "notFound",
    usual: (habit) => habit.notFoundTop,
    holds: (hour, { notFoundShare }) =>
      totalOf(hour.routes, "notFound") >=
      totalOf(hour.routes, "calls") * Math.max(WALKED_SHARE, WALKED_TIMES_SHARE * notFoundShare),
  },
};

/**
 * A key that lately did far more of something in an hour than is usual, or did so within the last seven days with the
 * secret that it still has. The degree rises with each tenfold of the limit. Nothing is unusual in the first week.
 */
export function judgeExcess(kind: ExcessKind, key: ExcessFacts, now: Date): Judged | null {
  const standing = standingOf(kind, key, now);
  const fresh = worstHour(kind, key, now);
  const facts = fresh && standing ? merged(standing.facts, fresh) : (fresh ?? standing?.facts);
  if (!facts) return null;
  const degree = fresh ? 1 + Math.floor(Math.log10(fresh.count / fresh.limit)) : 1;
  const { severity } = RULES[kind];
  return judged(kind, severity, Math.max(degree, standing?.degree ?? 1), facts);
}

function worstHour(kind: ExcessKind, { secretSince, use }: ExcessFacts, now: Date): Excess | null {
  const { habit, hours, intended } = use;
  if (!habit || habit.since > later(now, -LEARNING_DAYS * DAY_MS)) return null;
  const meant = largestOf(intended, kind);
  let worst: Excess | null = null;
  for (const hour of hours) {
    const seenTo = countSeenTo(kind, { secretSince, use }, hour);
    const excess = excessOf(kind, { hour, habit, meant, seenTo }, now);
    if (excess && (!worst || excess.count > worst.count)) worst = excess;
  }
  return worst;
}

function excessOf(
  kind: ExcessKind,
  { hour, habit, meant, seenTo }: { hour: HourUse; habit: Habit; meant: number; seenTo: number },
  now: Date,
): Excess | null {
  const { of, usual, among, holds } = RULES[kind];
  const routes = among?.(hour, habit) ?? hour.routes;
  const count = totalOf(routes, of) - seenTo;
  if (count < EXCESS[kind].least) return null;
  const { limit, top } = limitOf(kind, { usual: usual(habit), habit, meant }, hour.hour);
  if (count < limit || (holds && !holds(hour, habit))) return null;
  const to = new Date(Math.min(later(hour.hour, HOUR_MS).getTime(), now.getTime()));
  return { from: hour.hour, to, count, usual: top, limit, routes: busiest(routes, of) };
}

/**
 * The routes of an hour without those that paged through contacts, where it read far more contacts than usual:
 * `bulk_reading` names these calls.
 */
function withoutPages(hour: HourUse, habit: Habit): readonly RouteHour[] {
  const read = totalOf(hour.routes, "contactsRead");
  const asked = { usual: habit.contactsRead, habit, meant: 0 };
  if (read < limitOf("bulk_reading", asked, hour.hour).limit) return hour.routes;
  return hour.routes.filter(({ calls, contactsRead }) => contactsRead < calls * CONTACTS_OF_A_PAGE);
}

/**
 * The part of an hour that was named before the secret was replaced in it. Whoever had that secret can do nothing more.
 */
function countSeenTo(
  kind: ExcessKind,
  { secretSince, use }: ExcessFacts,
  { hour }: HourUse,
): number {
  return Math.max(
    0,
    ...use.standing.map((one) =>
      isExcess(one, kind) && one.facts.to > hour && one.facts.to <= secretSince
        ? one.facts.count
        : 0,
    ),
  );
}

function limitOf(
  kind: ExcessKind,
  { usual, habit, meant }: { usual: Season | number; habit: Habit; meant: number },
  hour: Date,
): { limit: number; top: number } {
  const { least, timesUpper, timesTop } = EXCESS[kind];
  const isYoung = kind === "burst" && habit.since > later(hour, -YOUNG_DAYS * DAY_MS);
  const top = typeof usual === "number" ? usual : usual.top;
  const upper = typeof usual === "number" ? 0 : (usual.upper[hourOfWeek(hour)] ?? 0);
  const beyond = Math.max(timesUpper * upper, timesTop * top) * (isYoung ? ABOVE_YOUNG : 1);
  return { limit: Math.ceil(Math.max(least, beyond, ABOVE_INTENDED * meant)), top };
}

/** The largest of the counts of this kind that somebody said are meant to be so. */
function largestOf(intended: ExcessFacts["use"]["intended"], kind: ExcessKind): number {
  return Math.max(0, ...intended.map((one) => (isExcess(one, kind) ? one.facts.count : 0)));
}

/** The finding of this kind that was named, as long as it still has to be. */
function standingOf(
  kind: ExcessKind,
  { secretSince, use }: ExcessFacts,
  now: Date,
): { degree: number; facts: Excess } | null {
  const since = Math.max(later(now, -UNUSUAL_NAMED_DAYS * DAY_MS).getTime(), secretSince.getTime());
  for (const one of use.standing) {
    if (isExcess(one, kind) && one.facts.to.getTime() > since) return one;
  }
  return null;
}

function isExcess<About extends { kind: FindingKind }>(
  about: About,
  kind: ExcessKind,
): about is Extract<About, { kind: ExcessKind }> {
  return about.kind === kind;
}

/** Both stretches as one, with the counts of the worse one. */
function merged(standing: Excess, fresh: Excess): Excess {
  const worse = fresh.count > standing.count ? fresh : standing;
  const from = Math.min(standing.from.getTime(), fresh.from.getTime());
  const to = Math.max(standing.to.getTime(), fresh.to.getTime());
  return { ...worse, from: new Date(from), to: new Date(to) };
}

function busiest(routes: readonly RouteHour[], of: Count): Excess["routes"] {
  return routes
    .filter((route) => route[of] > 0)
    .sort((one, other) => other[of] - one[of])
    .slice(0, NAMED_MAX)
    .map(({ method, route, [of]: count }) => ({ method, route, count }));
}

function totalOf(routes: readonly RouteHour[], of: Count): number {
  let total = 0;
  for (const route of routes) total += route[of];
  return total;
}
