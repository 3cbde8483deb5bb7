import type { Habit, HourTotals } from "@/lib/access/findings/habits/habit";
import { LEARNED_DAYS, learnHabit, type Stretch } from "@/lib/access/findings/habits/learn-habit";
import { judgeUse } from "@/lib/access/findings/judging/judge-key";
import type { Judged } from "@/lib/access/findings/judging/judged";
import type {
  Caller,
  KeyFacts,
  RouteHour,
  UseFacts,
} from "@/lib/access/findings/judging/key-facts";
import { CALLERS_READ, EXCESS } from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { keyFacts } from "@/lib/testing/key-facts";
import { callsOfHour, type TrafficCalls } from "@/lib/testing/traffic/calls";
import { isAbout, type KeyPlan, type Raised, REPLAY_START } from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

/** Calls that were stored shortly before a look are seen by the next one too. */
const LATE_MS = 2 * MINUTE_MS;
/** The time after an incident in which nobody has replaced the secret yet. */
const RESPONSE_MS = DAY_MS;

/**
 * Lets a key make its calls, and judges it by the product's own judges: after each look's worth of calls, and at the
 * end of each hour. The habit is learned anew every day. A day after an incident, somebody replaces the secret. A day
 * after a false alarm, somebody says that it is meant to be so.
 */
export function replayKey(plan: KeyPlan, days: number, random: Random): Raised[] {
  const replayed = new ReplayedKey(plan);
  for (let hour = 0; hour < days * 24; hour += 1) {
    const from = later(REPLAY_START, hour * HOUR_MS);
    if (hour % 24 === 0) {
      replayed.dismiss(from);
      replayed.learn(from);
    }
    replayed.beginHour(from);
    const calls = callsOfHour(plan, from, random);
    for (const [at, call] of calls.entries()) {
      replayed.take(call);
      if (calls[at + 1]?.at !== call.at) replayed.lookIfSuspect(new Date(call.at));
    }
    replayed.look(later(from, HOUR_MS));
  }
  return replayed.raised;
}

/** The facts that the product knows of a key, as the database holds them. */
class ReplayedKey {
  readonly raised: Raised[] = [];
  readonly #plan: KeyPlan;
  readonly #hours: HourTotals[] = [];
  readonly #callers = new Set<string>();
  #newest: Caller[] = [];
  #open: Judged[] = [];
  #recent: { hour: Date; routes: Map<string, RouteHour> }[] = [];
  #habit: Habit | null = null;
  #lastUsedAt: Date | null = null;
  /** The counts of the current hour. */
  #refused = 0;
  #inUrl = 0;
  #retired: { at: Date; calls: number }[] = [];
  /** The unusual hours by the kind and start of their finding. */
  readonly #unusual = new Map<string, Stretch>();
  readonly #intended: Judged[] = [];

  constructor(plan: KeyPlan) {
    this.#plan = plan;
  }

  /** Somebody looks at the open findings, and says of those that were not planted that they are meant to be so. */
  dismiss(now: Date): void {
    for (const one of this.#open) {
      const opened = this.raised.findLast(({ kind }) => kind === one.kind);
      if (!opened || opened.at > later(now, -RESPONSE_MS)) continue;
      const isMeant = !this.#plan.incidents.some((incident) => isAbout(incident, opened));
      if (!isMeant) continue;
      this.#intended.push(one);
      this.#unusual.delete(nameOf(one));
    }
  }

  learn(now: Date): void {
    const since = later(now, -LEARNED_DAYS * DAY_MS);
    const first = this.#hours.findIndex(({ hour }) => hour >= since);
    const known = first < 0 ? [] : this.#hours.slice(first);
    this.#habit = learnHabit(known, [...this.#unusual.values()], now);
  }

  beginHour(hour: Date): void {
    this.#refused = 0;
    this.#inUrl = 0;
    this.#recent = [...this.#recent.slice(-1), { hour, routes: new Map() }];
    this.#hours.push({ hour, calls: 0, refusedRoutes: 0, notFound: 0, contactsRead: 0 });
    while (this.#hours.length > LEARNED_DAYS * 24) this.#hours.shift();
  }

  take(call: TrafficCalls): void {
    const at = new Date(call.at);
    if (call.retired) this.#retired.push({ at, calls: call.calls });
    else this.#lastUsedAt = at;
    const { caller } = call;
    const name = `${caller.network} ${caller.program}`;
    if (!call.retired && !this.#callers.has(name)) {
      this.#callers.add(name);
      this.#newest = [...this.#newest, { ...caller, firstAt: at }].slice(-CALLERS_READ);
    }
    this.#refused += call.refused;
    this.#inUrl += call.inUrl;
    addTo(this.#recent.at(-1)?.routes, call);
    const hour = this.#hours.at(-1);
    if (!hour) return;
    hour.calls += call.calls;
    hour.refusedRoutes = refusedRoutes(this.#recent.at(-1)?.routes);
    hour.notFound += call.notFound;
    hour.contactsRead += call.contactsRead;
  }

  /**
   * A look of the product. It judges a key only where its counts are beyond the least that is unusual, or where it has
   * a new caller.
   */
  lookIfSuspect(now: Date): void {
    const hour = this.#hours.at(-1);
    const isNew = (this.#newest.at(-1)?.firstAt ?? REPLAY_START) >= later(now, -LATE_MS);
    const isBusy =
      hour &&
      (hour.calls >= EXCESS.burst.least ||
        hour.contactsRead >= EXCESS.bulk_reading.least ||
        hour.notFound >= EXCESS.walking.least ||
        this.#refused >= EXCESS.scanning.least ||
        this.#inUrl > 0);
    if (isBusy || isNew) this.look(now);
  }

  /** Judges the key as it is at `now`, and notes what is new or worse. */
  look(now: Date): void {
    const found = judgeUse(this.#facts(now), now);
    for (const one of found) {
      const before = this.#open.find(({ kind }) => kind === one.kind);
      if (!before) this.raised.push({ kind: one.kind, at: now });
      const { facts } = one;
      if (
        "from" in facts &&
        facts.from instanceof Date &&
        !this.#intended.some(({ kind }) => kind === one.kind)
      ) {
        this.#unusual.set(nameOf(one), { from: facts.from, to: facts.to });
      }
    }
    this.#open = found;
  }

  #facts(now: Date): KeyFacts {
    return {
      ...BLANK,
      secretSince: this.#secretSince(now),
      lastUsedAt: this.#lastUsedAt,
      use: this.#use(now),
    };
  }

  #use(now: Date): UseFacts {
    return {
      habit: this.#habit,
      hours: this.#recent.map(({ hour, routes }) => ({ hour, routes: [...routes.values()] })),
      callers: this.#newest,
      standing: this.#open,
      intended: this.#intended,
      withRetired: this.#withRetired(now),
      unknownSecrets: [],
      awakeSince: REPLAY_START,
    };
  }

  /**
   * The calls with an ended secret. They count from the hour after the rotation, and only once their hour has ended,
   * since those are looked at hourly.
   */
  #withRetired(now: Date): UseFacts["withRetired"] {
    const since = later(now, -7 * DAY_MS);
    this.#retired = this.#retired.filter(({ at }) => at > since);
    const last = this.#retired.at(-1);
    const calls = this.#retired.reduce((sum, one) => sum + one.calls, 0);
    return last ? { retiredAt: since, calls, lastAt: last.at } : null;
  }

  #secretSince(now: Date): Date {
    const replaced = this.#plan.incidents
      .filter(({ kind }) => kind !== "silent" && kind !== "burst")
      .map(({ to }) => later(to, RESPONSE_MS))
      .filter((at) => at <= now);
    return new Date(Math.max(REPLAY_START.getTime(), ...replaced.map((at) => at.getTime())));
  }
}

const BLANK = keyFacts({
  allowedAddresses: [],
  createdAt: REPLAY_START,
  scopesSince: REPLAY_START,
});

function nameOf({ kind, facts }: Judged): string {
  return `${kind} ${"from" in facts ? facts.from : ""}`;
}

function refusedRoutes(routes: ReadonlyMap<string, RouteHour> | undefined): number {
  return [...(routes?.values() ?? [])].filter(({ refused }) => refused > 0).length;
}

function addTo(routes: Map<string, RouteHour> | undefined, call: TrafficCalls): void {
  const name = `${call.method} ${call.route}`;
  const known = routes?.get(name);
  if (!known) {
    const { method, route, calls, refused, notFound, contactsRead, inUrl } = call;
    routes?.set(name, { method, route, calls, refused, notFound, contactsRead, inUrl });
    return;
  }
  known.calls += call.calls;
  known.refused += call.refused;
  known.notFound += call.notFound;
  known.contactsRead += call.contactsRead;
  known.inUrl += call.inUrl;
}
