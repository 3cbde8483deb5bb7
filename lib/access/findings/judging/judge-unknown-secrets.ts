import { type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { KeyFacts, UnknownSecrets } from "@/lib/access/findings/judging/key-facts";
import type { FactsOf } from "@/lib/access/findings/kind/facts";
import {
  ABOVE_INTENDED,
  GUESSES,
  UNKNOWN_CALLS,
  UNKNOWN_SECRETS,
  UNUSUAL_NAMED_DAYS,
} from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, later } from "@/lib/platform/clock";

/** The number of calls, and of different secrets, from which on an hour is named. */
type Limits = { calls: number; secrets: number };

/**
 * A key of which a known caller sent secrets that no key has, in an hour of the last seven days: several different
 * ones, or one again and again. The degree rises with each tenfold of the limits.
 */
export function judgeUnknownSecrets({ use }: Pick<KeyFacts, "use">, now: Date): Judged | null {
  const least = { calls: UNKNOWN_CALLS, secrets: UNKNOWN_SECRETS };
  const sent = use.unknownSecrets.filter(({ caller }) => caller !== "");
  const limits = limitsOf(use, "unknown_secrets", least);
  const worst = worstOf(sent, limits, now);
  if (!worst) return null;
  const facts = { ...factsOf(worst), address: worst.caller };
  return judged("unknown_secrets", "soon", degreeOf(worst, limits), facts);
}

/**
 * A key whose current secret began like several different ones that no key has, in an hour of the last seven days and
 * since that secret was made. The degree rises with each tenfold of the limit.
 */
export function judgeKeyGuessed(
  { secretSince, use }: Pick<KeyFacts, "secretSince" | "use">,
  now: Date,
): Judged | null {
  const least = { calls: Number.POSITIVE_INFINITY, secrets: GUESSES };
  const alike = use.unknownSecrets.filter(
    ({ caller, lastAt }) => caller === "" && lastAt > secretSince,
  );
  const limits = limitsOf(use, "key_guessed", least);
  const worst = worstOf(alike, limits, now);
  return worst && judged("key_guessed", "urgent", degreeOf(worst, limits), factsOf(worst));
}

/** The limits above what somebody said is meant to be so. */
function limitsOf(
  { intended }: KeyFacts["use"],
  kind: "unknown_secrets" | "key_guessed",
  { calls, secrets }: Limits,
): Limits {
  const meant = intended.flatMap((one) => (one.kind === kind ? one.facts : []));
  const above = (of: keyof Limits) =>
    Math.ceil(ABOVE_INTENDED * Math.max(0, ...meant.map((facts) => facts[of])));
  return {
    calls: Math.max(calls, above("calls")),
    secrets: Math.max(secrets, above("secrets")),
  };
}

/** The hour that is furthest above the limits; null where none reaches them. */
function worstOf(
  hours: readonly UnknownSecrets[],
  limits: Limits,
  now: Date,
): UnknownSecrets | null {
  const since = later(now, -UNUSUAL_NAMED_DAYS * DAY_MS);
  let worst: UnknownSecrets | null = null;
  for (const hour of hours) {
    if (hour.lastAt <= since || timesOf(hour, limits) < 1) continue;
    if (!worst || timesOf(hour, limits) > timesOf(worst, limits)) worst = hour;
  }
  return worst;
}

/** The number of times that an hour is beyond one of the limits. */
function timesOf({ calls, secrets }: UnknownSecrets, limits: Limits): number {
  return Math.max(calls / limits.calls, secrets / limits.secrets);
}

function degreeOf(hour: UnknownSecrets, limits: Limits): number {
  return 1 + Math.floor(Math.log10(timesOf(hour, limits)));
}

function factsOf({ hour, lastAt, calls, secrets }: UnknownSecrets): FactsOf<"key_guessed"> {
  return { from: hour, to: lastAt, calls, secrets };
}
