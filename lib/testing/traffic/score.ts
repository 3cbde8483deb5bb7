import { DAY_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import {
  type Incident,
  type IncidentKind,
  isAbout,
  isDuring,
  type KeyPlan,
  type Raised,
} from "@/lib/testing/traffic/key-plan";
import { planKey } from "@/lib/testing/traffic/plan";
import { Random } from "@/lib/testing/traffic/random";
import { replayKey } from "@/lib/testing/traffic/replay-key";

/** The score of a kind: its planted incidents, and its raised findings. */
export type KindScore = {
  kind: IncidentKind | "all";
  planted: number;
  found: number;
  /** Minutes from the first call of an incident, or from the start of a silence, to its finding. */
  minutes: number[];
  right: number;
  wrong: number;
};

/**
 * The scores of a set of keys, and how long they were watched in all. `wrong` and `missed` name the failures, to look
 * into.
 */
export type Score = {
  kinds: KindScore[];
  all: KindScore;
  keyMonths: number;
  wrong: string[];
  missed: string[];
};

const DAYS_OF_MONTH = 30;

/** Makes a set of keys of a seed, replays it, and compares what was raised with the labels. */
export function scoreSet(set: { seed: number; keys: number; days: number }): Score {
  const scores = new Map<string, KindScore>();
  const [wrong, missed]: [string[], string[]] = [[], []];
  for (let place = 0; place < set.keys; place += 1) {
    const random = new Random(set.seed * 1_000 + place);
    const plan = planKey(place, set.days, random);
    const raised = replayKey(plan, set.days, random);
    for (const incident of plan.incidents) scoreIncident({ scores, missed }, incident, raised);
    for (const one of raised) {
      const isRight = plan.incidents.some((incident) => isAbout(incident, one));
      const score = scoreOf(scores, one.kind as IncidentKind);
      if (isRight) score.right += 1;
      else {
        score.wrong += 1;
        wrong.push(
          `${place} ${plan.use} ${one.kind} ${one.at.toISOString()} ${reasonsAt(plan, one.at)}`,
        );
      }
    }
  }
  const kinds = [...scores.values()];
  return {
    kinds,
    all: sumOf(kinds),
    keyMonths: (set.keys * set.days) / DAYS_OF_MONTH,
    wrong,
    missed,
  };
}

/** The scores of several sets as those of one. */
export function mergedScores(scores: readonly Score[]): Score {
  const merged = new Map<string, KindScore>();
  for (const one of scores.flatMap(({ kinds }) => kinds)) {
    const into = scoreOf(merged, one.kind);
    into.planted += one.planted;
    into.found += one.found;
    into.minutes.push(...one.minutes);
    into.right += one.right;
    into.wrong += one.wrong;
  }
  const kinds = [...merged.values()];
  return {
    kinds,
    all: sumOf(kinds),
    keyMonths: scores.reduce((sum, { keyMonths }) => sum + keyMonths, 0),
    wrong: scores.flatMap(({ wrong }) => wrong),
    missed: scores.flatMap(({ missed }) => missed),
  };
}

function scoreIncident(
  { scores, missed }: { scores: Map<string, KindScore>; missed: string[] },
  incident: Incident,
  raised: Raised[],
): void {
  const score = scoreOf(scores, incident.kind);
  score.planted += 1;
  const first = raised.find(({ kind, at }) => kind === incident.kind && isDuring(incident, at));
  if (!first) {
    missed.push(`${incident.kind} ${incident.from.toISOString()} × ${incident.size.toFixed(1)}`);
    return;
  }
  score.found += 1;
  score.minutes.push((first.at.getTime() - incident.from.getTime()) / MINUTE_MS);
}

/** The changes for good reason that went on when something was raised that was not planted. */
function reasonsAt({ innocents, incidents }: KeyPlan, at: Date): string {
  const about = [...innocents, ...incidents].filter(
    ({ from, to }) => from <= at && at <= later(to, 3 * DAY_MS),
  );
  return about.map(({ kind }) => kind).join(", ");
}

function scoreOf(scores: Map<string, KindScore>, kind: KindScore["kind"]): KindScore {
  const known = scores.get(kind);
  if (known) return known;
  const made = { kind, planted: 0, found: 0, minutes: [], right: 0, wrong: 0 };
  scores.set(kind, made);
  return made;
}

function sumOf(kinds: readonly KindScore[]): KindScore {
  const sum = (of: (kind: KindScore) => number) =>
    kinds.reduce((total, kind) => total + of(kind), 0);
  return {
    kind: "all",
    planted: sum(({ planted }) => planted),
    found: sum(({ found }) => found),
    minutes: kinds.flatMap(({ minutes }) => minutes),
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
  };
}
