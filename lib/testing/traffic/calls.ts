import { DAY_MS, HOUR_MS, later, SECOND_MS } from "@/lib/platform/clock";
import {
  type Incident,
  type InnocentKind,
  type KeyPlan,
  ownClock,
  somewhere,
  type TrafficCaller,
} from "@/lib/testing/traffic/key-plan";
import { Random } from "@/lib/testing/traffic/random";
import { anyRoute, SCANNED, usualCall } from "@/lib/testing/traffic/routes";
import { hourlyCalls, isQuiet } from "@/lib/testing/traffic/volume";

/** The time between two looks of the product. Calls of one kind in this time are one entry here. */
export const TICK_MS = 15 * SECOND_MS;

/** Calls of one kind between two looks. `at` is the later look, in milliseconds since 1970. */
export type TrafficCalls = {
  at: number;
  caller: TrafficCaller;
  method: string;
  route: string;
  calls: number;
  refused: number;
  notFound: number;
  contactsRead: number;
  inUrl: number;
  /** True where they came with a secret that a rotation had ended. */
  retired: boolean;
};

type Stretch = { from: Date; to: Date };
type Call = Pick<TrafficCalls, "method" | "route"> & Partial<TrafficCalls>;

/** The most calls of a minute that a key's limit lets through. */
const LIMIT_A_MINUTE = 600;
const PAGE = 100;

/** The calls of a key in one hour, the earliest first. */
export function callsOfHour(plan: KeyPlan, from: Date, random: Random): TrafficCalls[] {
  const hour = { from, to: later(from, HOUR_MS) };
  const made = [...ordinary(plan, hour, random), ...jobs(plan, hour, random)];
  for (const incident of plan.incidents) {
    const overlap = overlapOf(incident, hour);
    if (overlap) made.push(...incidentCalls(plan, incident, overlap, random));
  }
  return made.sort((one, other) => one.at - other.at);
}

function ordinary(plan: KeyPlan, hour: Stretch, random: Random): TrafficCalls[] {
  const count = random.poisson(hourlyCalls(plan, hour.from, random));
  const deployment = plan.innocents.find(
    ({ kind, ...when }) => kind === "deployment" && overlapOf(when, hour),
  );
  const trial = plan.innocents.find(
    ({ kind, from }) =>
      kind === "colleague tries it" && overlapOf({ from, to: later(from, 1) }, hour),
  );
  const calls = spread(count, hour, random).flatMap(([at, calls]) => {
    const caller = callerAt(plan, new Date(at), random);
    const call = usualCall(plan, calls, random);
    const isUnderWay =
      deployment && at > deployment.from.getTime() && at <= deployment.to.getTime();
    return {
      ...blank(at, caller, calls),
      ...call,
      ...(isUnderWay ? broken(call, calls, random) : {}),
    };
  });
  if (!trial) return calls;
  const office = { ...somewhere(new Random(trial.from.getTime())), program: "curl" };
  const tries = spread(trial.size, { from: trial.from, to: trial.to }, random);
  return [
    ...calls,
    ...tries.map(([at, count]) => ({ ...blank(at, office, count), ...anyRoute(random) })),
  ];
}

/** A new version that now and then asks for what its key may not do, or for contacts by a wrong name. */
function broken(call: Call, calls: number, random: Random): Partial<TrafficCalls> {
  if (call.method !== "GET" && random.chance(0.5)) return { refused: calls, contactsRead: 0 };
  return random.chance(0.1) ? { ...call, notFound: calls, contactsRead: 0 } : {};
}

function jobs(plan: KeyPlan, hour: Stretch, random: Random): TrafficCalls[] {
  if (isQuiet(plan, hour.from)) return [];
  const clock = ownClock(plan, hour.from);
  return plan.jobs.flatMap((job) => {
    const isDay =
      job.on === "day" ||
      (job.on === "monday" ? clock.getUTCDay() === 1 : clock.getUTCDate() === 1);
    if (!isDay || clock.getUTCHours() !== job.hour) return [];
    const start = later(hour.from, random.between(0, 50) * 60 * SECOND_MS);
    const pages = Math.ceil((job.contacts * random.between(0.95, 1.05)) / PAGE);
    const length = Math.max(60 * SECOND_MS, (pages / LIMIT_A_MINUTE) * 60 * SECOND_MS);
    const caller = callerAt(plan, start, random);
    return spread(pages, { from: start, to: later(start, length) }, random).map(([at, calls]) => ({
      ...blank(at, caller, calls),
      method: "GET",
      route: "/contacts",
      contactsRead: calls * PAGE,
    }));
  });
}

function incidentCalls(
  plan: KeyPlan,
  { kind, size, caller, from, to }: Incident,
  overlap: Stretch,
  random: Random,
): TrafficCalls[] {
  const minutes = (overlap.to.getTime() - overlap.from.getTime()) / (60 * SECOND_MS);
  const share = (overlap.to.getTime() - overlap.from.getTime()) / (to.getTime() - from.getTime());
  const isFirst = overlap.from <= from;
  const make = (count: number, call: (calls: number) => Partial<TrafficCalls>) =>
    [...(isFirst ? [tickOf(from.getTime(), 1)] : []), ...spread(count, overlap, random)].map(
      ([at, calls]) => ({ ...blank(at, caller, calls), ...call(calls) }),
    );
  switch (kind) {
    case "bulk_reading":
      return make(Math.min(size * 60, LIMIT_A_MINUTE) * minutes, (calls) => ({
        method: "GET",
        route: "/contacts",
        contactsRead: calls * PAGE,
      }));
    case "scanning":
      return make(size * minutes, () => ({})).flatMap((tick) =>
        Array.from({ length: tick.calls }, () => ({
          ...tick,
          ...random.pick(SCANNED),
          calls: 1,
          refused: 1,
        })),
      );
    case "walking":
      return make(size * minutes, (calls) => ({
        method: "GET",
        route: "/contacts/:idOrEmail",
        notFound: Math.round(calls * random.between(0.9, 1)),
      }));
    case "burst": {
      const busiest = Math.max((plan.callsPerDay / 24) * 2.2, 30);
      const rate = Math.min((size * busiest) / 60, LIMIT_A_MINUTE);
      return make(rate * minutes, (calls) => usualCall(plan, calls, random));
    }
    case "new_network":
      return make(share * size, () => anyRoute(random));
    case "key_in_url":
      return make(share * size, (calls) => ({ ...anyRoute(random), inUrl: calls }));
    case "retired_secret_called":
      return make((size * minutes) / 60, (calls) => ({
        ...anyRoute(random),
        refused: calls,
        retired: true,
      }));
    case "silent":
      return [];
  }
}

function callerAt(plan: KeyPlan, at: Date, random: Random): TrafficCaller {
  const own = random.pick(plan.callers);
  if (plan.wanders) {
    const day = Math.floor(at.getTime() / (DAY_MS / 4)) + random.whole(0, 2);
    return {
      ...somewhere(new Random(day * 7_919 + Math.floor(plan.callsPerDay))),
      program: own.program,
    };
  }
  const region = plan.innocents.find(({ kind, from }) => kind === NEW_REGION && from <= at);
  if (!region || !random.chance(region.size)) return own;
  return { ...somewhere(new Random(region.from.getTime())), program: own.program };
}

const NEW_REGION: InnocentKind = "new region";

/** Calls spread over a stretch: the looks after them, and the number of calls since the look before. */
function spread(
  count: number,
  { from, to }: Stretch,
  random: Random,
): [at: number, calls: number][] {
  const whole = Math.floor(count) + (random.chance(count % 1) ? 1 : 0);
  const ticks = new Map<number, number>();
  const [first, length] = [from.getTime(), to.getTime() - from.getTime()];
  for (let made = 0; made < whole; made += 1) {
    const [at] = tickOf(first + random.next() * length, 1);
    ticks.set(at, (ticks.get(at) ?? 0) + 1);
  }
  return [...ticks];
}

/** The look after an instant, and the calls that it finds. */
function tickOf(atMs: number, calls: number): [at: number, calls: number] {
  return [Math.floor(atMs / TICK_MS + 1) * TICK_MS, calls];
}

function blank(at: number, caller: TrafficCaller, calls: number): TrafficCalls {
  const counts = { calls, refused: 0, notFound: 0, contactsRead: 0, inUrl: 0, retired: false };
  return { at, caller, method: "GET", route: "/me", ...counts };
}

function overlapOf(one: Stretch, other: Stretch): Stretch | null {
  const from = Math.max(one.from.getTime(), other.from.getTime());
  const to = Math.min(one.to.getTime(), other.to.getTime());
  return from < to ? { from: new Date(from), to: new Date(to) } : null;
}
