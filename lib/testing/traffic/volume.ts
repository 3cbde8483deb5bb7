import { HOURS_OF_DAY } from "@/lib/access/findings/habits/habit";
import {
  type InnocentKind,
  type KeyPlan,
  ownClock,
  type Use,
} from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

/** The activity of people through their day, hour by hour from midnight: 1 on average. */
const PEOPLE = [
  0.25, 0.15, 0.1, 0.08, 0.1, 0.2, 0.5, 0.9, 1.2, 1.4, 1.5, 1.5, 1.5, 1.4, 1.4, 1.4, 1.4, 1.5, 1.6,
  1.8, 1.9, 1.5, 0.9, 0.5,
];
/** Tools that ask every few minutes do so at night too. */
const TOOLS = Array.from({ length: HOURS_OF_DAY }, () => 1);
/** Dashboards are looked at in the office. */
const OFFICE = Array.from({ length: HOURS_OF_DAY }, (_, hour) => (hour >= 7 && hour < 19 ? 2 : 0));

const DAYS: Record<Use, readonly number[]> = {
  "crm-sync": TOOLS,
  "transactional-email": PEOPLE,
  analytics: OFFICE,
  personalization: PEOPLE,
};

/** The calls to expect of a key in the hour that starts at `from`, with the noise of that hour. */
export function hourlyCalls(plan: KeyPlan, from: Date, random: Random): number {
  if (isQuiet(plan, from)) return 0;
  const clock = ownClock(plan, from);
  const day = DAYS[plan.use][clock.getUTCHours()] ?? 1;
  const isWeekend = clock.getUTCDay() % 6 === 0;
  const noise = Math.exp(plan.noise * random.normal() - plan.noise ** 2 / 2);
  const usual = (plan.callsPerDay / HOURS_OF_DAY) * day * (isWeekend ? plan.weekend : 1) * noise;
  return usual * changesAt(plan, from);
}

/** The factor that changes for good reason give to an hour's usual traffic. Sales that overlap are one. */
function changesAt({ innocents }: KeyPlan, hour: Date): number {
  const on = innocents.filter(({ from, to }) => from <= hour && hour < to);
  const sizesOf = (...kinds: InnocentKind[]) =>
    on.filter(({ kind }) => kinds.includes(kind)).map(({ size }) => size);
  const others = sizesOf("deployment", "holiday", "catching up");
  return others.reduce((product, size) => product * size, Math.max(1, ...sizesOf("sales day")));
}

/** True where a planted silence lies over an hour. */
export function isQuiet({ incidents }: KeyPlan, hour: Date): boolean {
  return incidents.some(({ kind, from, to }) => kind === "silent" && from <= hour && hour < to);
}
