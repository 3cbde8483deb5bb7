import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import {
  type Happening,
  type InnocentKind,
  type KeyPlan,
  minutes,
  REPLAY_START,
  someTime,
} from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

type Innocent = Happening<InnocentKind>;

/** Good Friday to Easter Monday of 2026. */
const EASTER = { from: new Date("2026-04-03T00:00:00Z"), to: new Date("2026-04-07T00:00:00Z") };

/** The changes of a key's traffic that nobody should hear of, or hear of only once. */
export function planInnocents(
  { use, wanders }: Pick<KeyPlan, "use" | "wanders">,
  days: number,
  random: Random,
): Innocent[] {
  const ofPeople = use === "transactional-email" || use === "personalization";
  const one = (kind: InnocentKind, share: number, lengthMs: number, size: number) =>
    random.chance(share)
      ? [happening(kind, someTime(anyDay(days, random), random), lengthMs, size)]
      : [];
  return [
    ...deployments(days, random),
    ...(ofPeople ? salesDays(days, random) : []),
    ...(use !== "analytics" && random.chance(0.8)
      ? [{ kind: "holiday" as const, ...EASTER, size: random.between(0.1, 0.4) }]
      : []),
    // It moves or grows into another region.
    ...one("new region", wanders ? 0 : 1 / 6, days * DAY_MS, random.between(0.3, 1)),
    // The tool was down for some hours, and then does what it missed.
    ...one("catching up", 0.5, random.between(1, 3) * HOUR_MS, random.between(1.2, 2.2)),
    ...one("colleague tries it", 1 / 20, minutes(15), 6),
  ];
}

/** Every two weeks or so a new version goes out, with some refused or missed calls for half an hour. */
function deployments(days: number, random: Random): Innocent[] {
  const made: Innocent[] = [];
  for (let day = 3; day < days; day += random.whole(9, 20)) {
    const length = minutes(random.between(5, 40));
    made.push(happening("deployment", someTime(day, random), length, random.between(1, 3)));
  }
  return made;
}

function salesDays(days: number, random: Random): Innocent[] {
  return Array.from({ length: random.whole(1, 2) }, () => {
    const from = later(REPLAY_START, anyDay(days, random) * DAY_MS + 6 * HOUR_MS);
    return happening("sales day", from, random.between(12, 18) * HOUR_MS, random.between(2, 4.5));
  });
}

function anyDay(days: number, random: Random): number {
  return random.whole(8, days - 2);
}

function happening(kind: InnocentKind, from: Date, lengthMs: number, size: number): Innocent {
  return { kind, from, to: later(from, lengthMs), size };
}
