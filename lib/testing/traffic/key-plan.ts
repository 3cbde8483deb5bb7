import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import type { Random } from "@/lib/testing/traffic/random";

/**
 * The first day of the replayed traffic. The sixty days from here hold both changes of clocks, Easter and two firsts of
 * a month.
 */
export const REPLAY_START = new Date("2026-02-20T00:00:00Z");

export const USES = ["crm-sync", "transactional-email", "analytics", "personalization"] as const;
export type Use = (typeof USES)[number];

/** A program that calls with the key, and where it calls from. */
export type TrafficCaller = { network: string; address: string; program: string };

/** A job that runs at an hour of the day by its own clock, and reads many contacts within minutes. */
export type Job = { hour: number; on: "day" | "monday" | "first of month"; contacts: number };

/** Something that happens to a key and changes its traffic from `from` to `to`. `size` is how much, by its kind. */
export type Happening<Kind extends string> = { kind: Kind; from: Date; to: Date; size: number };

export type InnocentKind =
  | "deployment"
  | "new region"
  | "sales day"
  | "holiday"
  | "catching up"
  | "colleague tries it";

export type IncidentKind = Extract<
  FindingKind,
  | "bulk_reading"
  | "scanning"
  | "walking"
  | "burst"
  | "new_network"
  | "silent"
  | "key_in_url"
  | "retired_secret_called"
>;

/** An incident with its label: its time, and the other kinds that are right to name it too. */
export type Incident = Happening<IncidentKind> & {
  caller: TrafficCaller;
  alsoRight: readonly IncidentKind[];
};

/** One key of the replay: what it does, what changes for good reason, and what is planted. */
export type KeyPlan = {
  use: Use;
  /** The hours that its clock is ahead of UTC in winter, and whether it is moved in summer. */
  zone: number;
  summerFrom: Date | null;
  callsPerDay: number;
  /** The share of a working day's traffic that there is at the weekend. */
  weekend: number;
  /** The standard deviation of the logarithm of an hour's volume. */
  noise: number;
  notFoundShare: number;
  /** Programs on a platform of functions call from a new network every day. */
  wanders: boolean;
  callers: readonly TrafficCaller[];
  jobs: readonly Job[];
  innocents: readonly Happening<InnocentKind>[];
  incidents: readonly Incident[];
};

/** A network that nobody else in the replay has, and an IP address in it. */
export function somewhere(random: Random): { network: string; address: string } {
  const network = `${random.whole(11, 99)}.${random.whole(0, 255)}.${random.whole(0, 255)}`;
  return { network: `${network}.0/24`, address: `${network}.${random.whole(1, 254)}` };
}

/** An instant on a day of the replay, at a random second. Days count from 0. */
export function someTime(day: number, random: Random): Date {
  return later(REPLAY_START, Math.floor((day + random.next()) * DAY_MS));
}

/** The minutes as milliseconds, for plans. */
export function minutes(count: number): number {
  return Math.round(count * MINUTE_MS);
}

/** The clock of a key's own place at an instant, as if it were UTC. */
export function ownClock({ zone, summerFrom }: Pick<KeyPlan, "zone" | "summerFrom">, at: Date) {
  const summer = summerFrom && at >= summerFrom ? 1 : 0;
  return later(at, (zone + summer) * HOUR_MS);
}

/** A finding that was opened. */
export type Raised = { kind: FindingKind; at: Date };

/** An incident may be found up to a day after its end. */
const GRACE_MS = DAY_MS;

/** True where a finding is right to name an incident. */
export function isAbout(incident: Incident, { kind, at }: Raised): boolean {
  const isRight = kind === incident.kind || incident.alsoRight.some((also) => also === kind);
  return isRight && isDuring(incident, at);
}

/** True where an instant lies in an incident, or on the day after it. */
export function isDuring({ from, to }: Incident, at: Date): boolean {
  return from <= at && at <= later(to, GRACE_MS);
}
