import { DAY_MS, later } from "@/lib/platform/clock";
import {
  type Incident,
  type IncidentKind,
  type KeyPlan,
  minutes,
  someTime,
  somewhere,
} from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

const KINDS: readonly IncidentKind[] = [
  "bulk_reading",
  "scanning",
  "walking",
  "burst",
  "new_network",
  "silent",
  "key_in_url",
  "retired_secret_called",
];
/** The first day on which something is planted. Before it, keys are still new. */
const FIRST_DAY = 21;
/** The days between two incidents of a key, so that each stands alone. */
const APART = 12;
const STRANGE_PROGRAMS = ["curl", "python-requests", "go-http-client", "postmanruntime"];

type Planned = Pick<KeyPlan, "use" | "callers" | "callsPerDay" | "jobs" | "wanders" | "weekend"> & {
  place: number;
};

/** The incidents of a key: one of a kind after another, so that a set of keys has as many of each. */
export function planIncidents(key: Planned, days: number, random: Random): Incident[] {
  const incidents: Incident[] = [];
  let next = key.place * 3;
  for (let day = FIRST_DAY; day + APART <= days; day += APART) {
    const kind = fitting(KINDS[next % KINDS.length] ?? "burst", key);
    next += 1;
    incidents.push(plant(kind, key, someTime(day + random.whole(0, 2), random), random));
  }
  return incidents;
}

/**
 * The kind, or another one where the key cannot show it. A key that reads all contacts anyway reads nothing unusual,
 * one that wanders has no network, and one that seldom calls is silent all the time.
 */
function fitting(kind: IncidentKind, key: Planned): IncidentKind {
  const readsAll = key.jobs.length > 0;
  const isSeldom = key.callsPerDay < 150 && !key.jobs.some(({ on }) => on === "day");
  if (kind === "bulk_reading" && readsAll) return "scanning";
  if (kind === "new_network" && key.wanders) return "walking";
  if (kind === "silent" && isSeldom) return "burst";
  return kind;
}

function plant(kind: IncidentKind, key: Planned, from: Date, random: Random): Incident {
  const stranger = { ...somewhere(random), program: random.pick(STRANGE_PROGRAMS) };
  const isStranger = random.chance(0.5);
  const own = random.pick(key.callers);
  const known = random.chance(0.5) ? own.program : stranger.program;
  const caller = isStranger || kind === "new_network" ? { ...stranger, program: known } : own;
  const alsoRight: IncidentKind[] = caller === own ? [] : ["new_network"];
  const make = (lengthMs: number, size: number, also: IncidentKind[] = []): Incident => ({
    kind,
    from,
    to: later(from, lengthMs),
    size,
    caller,
    alsoRight: [...alsoRight, ...also],
  });
  switch (kind) {
    // All contacts, a hundred a page, some pages a second: as fast as the key's limit lets it.
    case "bulk_reading":
      return make(minutes(random.between(2, 20)), random.between(2, 10), ["burst"]);
    // Calls a minute, to all routes there are.
    case "scanning":
      return make(minutes(random.between(1, 20)), random.between(40, 400), ["burst"]);
    case "walking":
      return make(minutes(random.between(2, 40)), random.between(80, 550), ["burst"]);
    // A loop: times the busiest hour of the key.
    case "burst":
      return {
        ...make(minutes(random.between(20, 90)), random.between(6, 25)),
        caller: own,
        alsoRight: ["bulk_reading"],
      };
    case "new_network":
      return make(minutes(random.between(10, 60)), random.between(3, 40));
    case "silent":
      return { ...make(random.between(5, 9) * DAY_MS, 0), caller: own, alsoRight: [] };
    case "key_in_url":
      return {
        ...make(minutes(random.between(1, 600)), random.whole(1, 40)),
        caller: own,
        alsoRight: [],
      };
    // Calls an hour of a program that was forgotten when the secret was rotated.
    case "retired_secret_called":
      return {
        ...make(random.between(1, 5) * DAY_MS, random.between(1, 30)),
        caller: own,
        alsoRight: [],
      };
  }
}
