import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import {
  type Happening,
  type InnocentKind,
  type KeyPlan,
  minutes,
  REPLAY_START,
  someTime,
} from "@/lib/testing/traffic/plan";
import type { Random } from "@/lib/testing/traffic/random";

type Innocent = Happening<InnocentKind>;

/** Good Friday to Easter Monday of 2026. */
const EASTER = { from: new Date("2026-04-03T00:00:00Z"), to: new Date("2026-04-07T00:00:00Z") };

/** The changes of a key's traffic that nobody should be told of, or only once. */
export function planInnocents(
  { use, wanders }: Pick<KeyPlan, "use" | "wanders">,
  days: number,
  random: Random,
): Innocent[] {
  const innocents: Innocent[] = [];
  const anyDay = () => random.whole(8, days - 2);
  const add = (kind: InnocentKind, from: Date, lengthMs: number, size: number) =>
    innocents.push({ kind, from, to: later(from, lengthMs), size });
  // Every two weeks or so a new version goes out, with some refused or missed calls for half an hour.
  for (let day = 3; day < days; day += random.whole(9, 20)) {
    add("deployment", someTime(day, random), minutes(random.between(5, 40)), random.between(1, 3));
  }
  // One key in six moves or grows into another region.
  if (!wanders && random.chance(1 / 6)) {
    add("new region", someTime(anyDay(), random), days * DAY_MS, random.between(0.3, 1));
  }
  if (use === "transactional-email" || use === "personalization") {
    for (let sales = random.whole(1, 2); sales > 0; sales -= 1) {
      const from = later(REPLAY_START, anyDay() * DAY_MS + 6 * HOUR_MS);
      add("sales day", from, random.between(12, 18) * HOUR_MS, random.between(2, 4.5));
    }
  }
  if (use !== "analytics" && random.chance(0.8)) {
    innocents.push({ kind: "holiday", ...EASTER, size: random.between(0.1, 0.4) });
  }
  // The tool was down for some hours and does then what it missed.
  if (random.chance(0.5)) {
    const from = someTime(anyDay(), random);
    add("catching up", from, random.between(1, 3) * HOUR_MS, random.between(1.2, 2.2));
  }
  if (random.chance(1 / 20)) add("colleague tries it", someTime(anyDay(), random), minutes(15), 6);
  return innocents;
}
