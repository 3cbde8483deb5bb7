import { planIncidents } from "@/lib/testing/traffic/incidents";
import { planInnocents } from "@/lib/testing/traffic/innocents";
import { type Job, type KeyPlan, somewhere, USES, type Use } from "@/lib/testing/traffic/key-plan";
import type { Random } from "@/lib/testing/traffic/random";

const EUROPE_SUMMER = new Date("2026-03-29T01:00:00Z");
const AMERICA_SUMMER = new Date("2026-03-08T08:00:00Z");
const PROGRAMS: Record<Use, readonly string[]> = {
  "crm-sync": ["hubspot-sync", "sf-reconcile", "python-requests", "erp-bridge"],
  "transactional-email": ["shopware", "woocommerce", "spree-mailer"],
  analytics: ["metabase", "looker-studio", "airbyte"],
  personalization: ["recommendations", "okhttp", "gift-finder"],
};

/** The plan of the key at `place` of a set, of `days` days. Keys of one seed differ by their place. */
export function planKey(place: number, days: number, random: Random): KeyPlan {
  const use = USES[place % USES.length] ?? "crm-sync";
  const [zone, summerFrom] = random.pick([
    [0, null],
    [1, EUROPE_SUMMER],
    [1, EUROPE_SUMMER],
    [-5, AMERICA_SUMMER],
  ] as const);
  const program = random.pick(PROGRAMS[use]);
  const callers = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
    ...somewhere(random),
    program,
  }));
  const key = {
    use,
    zone,
    summerFrom,
    callsPerDay: Math.min(random.logNormal(USUAL_CALLS[use], 0.7), 6_000),
    weekend: use === "personalization" ? random.between(0.6, 1.3) : random.pick([0, 0.1, 0.4, 1]),
    noise: random.between(0.15, 0.45),
    notFoundShare: use === "crm-sync" ? random.between(0, 0.12) : random.between(0, 0.02),
    wanders: use === "personalization" && random.chance(0.3),
    callers,
    jobs: jobsOf(use, random),
  };
  const innocents = planInnocents(key, days, random);
  return { ...key, innocents, incidents: planIncidents({ ...key, place }, days, random) };
}

const USUAL_CALLS: Record<Use, number> = {
  "crm-sync": 900,
  "transactional-email": 500,
  analytics: 60,
  personalization: 1_500,
};

function jobsOf(use: Use, random: Random): Job[] {
  const contacts = Math.round(random.logNormal(8_000, 0.8));
  const hour = random.whole(0, 5);
  if (use === "crm-sync" && random.chance(0.35)) return [{ hour, on: "day", contacts }];
  if (use !== "analytics") return [];
  const on = random.pick(["monday", "first of month", "day"] as const);
  return random.chance(0.5) ? [{ hour, on, contacts }] : [];
}
