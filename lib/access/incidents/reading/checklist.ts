import type { RefusedCaller } from "@/lib/access/activity/reading/callers/refused-callers";
import { GONE_AFTER_MS } from "@/lib/access/incidents/incident/limits";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { later } from "@/lib/platform/clock";
import { listed } from "@/lib/platform/format/list";
import { exactUtc, relativeTime } from "@/lib/platform/format/time";

/** The points of the checklist, in the order in which people see to them. */
export const CHECKS = [
  "stopped",
  "looked_into",
  "put_right",
  "replaced",
  "old_callers_gone",
  "affected_named",
  "colleagues_told",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** One point: its task, whether the task is done, and the fact that says so. */
export type Check = { name: CheckName; words: string; isDone: boolean; detail: string };

/** The facts that the points are ticked by. */
export type CheckFacts = {
  incident: ShownIncident;
  /** The name of the key that took its place; null where there is none. */
  replacementName: string | null;
  /** Programs that were refused since the key was stopped, the latest first. */
  refused: readonly RefusedCaller[];
  /** The deeds of the key since the chosen time that are not put right, in words; null while no time is chosen. */
  left: readonly string[] | null;
  /** True where there is a member who would be mailed. */
  hasColleagues: boolean;
};

type Outcome = { isDone: boolean; detail: string };

/**
 * All points as they stand at `now`. Members write two texts and say that all is put right. The other points tick
 * themselves.
 */
export function checklistOf(facts: CheckFacts, now: Date): Check[] {
  return CHECKS.map((name) => ({ name, words: WORDS[name], ...JUDGES[name](facts, now) }));
}

const WORDS: Record<CheckName, string> = {
  stopped: "The key is stopped for good",
  looked_into: "You know since when its calls were somebody else's",
  put_right: "What it did is put right",
  replaced: "The tool has a new key",
  old_callers_gone: "Nobody calls with the old key any more",
  affected_named: "The people it touched are named",
  colleagues_told: "Colleagues know",
};

const HOW = {
  frozen: "Frozen",
  revoked: "Revoked",
  expired: "Expired",
} as const;

const JUDGES: Record<CheckName, (facts: CheckFacts, now: Date) => Outcome> = {
  stopped: ({ incident: { stop } }) => {
    if (!stop) return { isDone: false, detail: "It lets calls in." };
    const detail = `${HOW[stop.how]} ${exactUtc(stop.at)}.`;
    return stop.how === "frozen"
      ? { isDone: false, detail: `${detail} Revoke it, or unfreeze it if it did not leak.` }
      : { isDone: true, detail };
  },
  looked_into: ({ incident: { since } }) =>
    since
      ? { isDone: true, detail: `Since ${exactUtc(since)}.` }
      : { isDone: false, detail: "No time is chosen." },
  put_right: ({ incident: { putRightAt }, left }) => {
    if (putRightAt) return { isDone: true, detail: `Confirmed ${exactUtc(putRightAt)}.` };
    if (left === null) return { isDone: false, detail: "Choose a time first." };
    return left.length > 0
      ? { isDone: false, detail: `Left: ${listed(left, "and")}.` }
      : { isDone: true, detail: "Nothing that it queued waits, and no contact is as it left it." };
  },
  replaced: ({ replacementName }) =>
    replacementName === null
      ? { isDone: false, detail: "There is no new key." }
      : { isDone: true, detail: `By “${replacementName}”.` },
  old_callers_gone: ({ incident: { stoppedAt }, refused: [latest] }, now) => {
    if (!stoppedAt) return { isDone: false, detail: "The key is not stopped." };
    if (latest && later(latest.lastAt, GONE_AFTER_MS) > now) {
      const detail = `${latest.address} called ${relativeTime(latest.lastAt, now)}.`;
      return { isDone: false, detail };
    }
    if (!latest && later(stoppedAt, GONE_AFTER_MS) > now) {
      return { isDone: false, detail: "Nobody called since, for less than an hour." };
    }
    return { isDone: true, detail: "Nobody called for an hour." };
  },
  affected_named: ({ incident: { affected } }) =>
    affected === ""
      ? { isDone: false, detail: "Nothing is written." }
      : { isDone: true, detail: "Written below." },
  colleagues_told: ({ incident: { told, handler }, hasColleagues }) => {
    if (told.length > 0) return { isDone: true, detail: `${listed(told, "and")} were mailed.` };
    if (handler) return { isDone: true, detail: `Handed to ${handler.name}.` };
    if (!hasColleagues) return { isDone: true, detail: "Nobody else manages this key." };
    return { isDone: false, detail: "Nobody was mailed. Hand it to a colleague, or tell them." };
  },
};
