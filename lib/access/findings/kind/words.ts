import { budgetInWords } from "@/lib/access/api-keys/key/budgets";
import { EXPIRING_SOON_DAYS } from "@/lib/access/api-keys/key/limits";
import type { Excess, KindWithFacts } from "@/lib/access/findings/kind/facts";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import {
  EXCESS_NAMED_DAYS,
  EXPIRING_AGAIN_DAYS,
  FEW_ADDRESSES,
  HABIT_DAYS,
  LEAK_NAMED_DAYS,
  NEVER_USED_DAYS,
  STILL_CALLED_DAYS,
  UNUSED_DAYS,
  USE_DAYS,
} from "@/lib/access/findings/kind/limits";
import type { Remedy } from "@/lib/access/findings/kind/remedies";
import { type FindingWords, unusualInWords } from "@/lib/access/findings/kind/unusual-words";
import { DAY_MS } from "@/lib/platform/clock";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { longDate, longInstant, relativeTime } from "@/lib/platform/format/time";
import type { DismissReason, FindingSeverity } from "@/prisma/generated/enums";

/** The words for how soon somebody should see to a finding. */
export const SEVERITY_WORDS: Record<FindingSeverity, string> = {
  urgent: "Urgent",
  soon: "Soon",
  tidy: "When there is time",
};

/** The reasons for leaving a finding as it is, in words. */
export const DISMISS_REASONS: Record<DismissReason, string> = {
  intended: "It is meant to be so",
  handled: "It is dealt with elsewhere",
  other: "Other",
};

/** The name of each kind, as the audit log has it. */
export const KIND_NAMES: Record<FindingKind, string> = {
  decoy_used: "decoy used",
  leaked: "leaked",
  budget_exceeded: "budget exceeded",
  bulk_reading: "read far more than usual",
  scanning: "tried what it may not do",
  walking: "asked for what does not exist",
  new_network: "called from a new network",
  burst: "called far more than usual",
  silent: "silent",
  key_in_url: "key in a URL",
  key_guessed: "guessed",
  unknown_secrets: "caller sends unknown secrets",
  retired_secret_called: "old secret still called",
  ended_key_called: "still called",
  old_secret_in_use: "old secret in use",
  expiring: "expires soon",
  owner_cannot_manage: "owner can't manage keys",
  unused_scopes: "permissions not used",
  old_secret: "old secret",
  unused: "not used",
  never_used: "never used",
  works_from_anywhere: "works from anywhere",
  no_expiry: "never expires",
  same_name: "same name",
};

/** The words on the button of each remedy. */
export const REMEDY_LABELS: Record<Remedy, string> = {
  narrow_scopes: "Narrow it",
  limit_addresses: "Limit it",
  set_expiry: "Set an expiry",
  take_over: "Take it over",
  rotate: "Rotate",
  revoke: "Revoke",
  stop_leak: "This key leaked",
  pause: "Pause",
  end_or_extend: "End or extend",
  rename: "Rename",
  see_calls: "See its calls",
  lift_budget: "Lift",
  change_budget: "Change the budget",
};

/** A finding as a marketer reads it at `now`. The title goes on after the key's name: "… was never used". */
export function findingInWords(finding: KindWithFacts, now: Date): FindingWords {
  switch (finding.kind) {
    case "decoy_used":
      return decoyUsed(finding.facts, now);
    case "leaked":
      return leaked(finding.facts, now);
    case "budget_exceeded":
      return budgetExceeded(finding.facts, now);
    case "ended_key_called":
      return endedKeyCalled(finding.facts, now);
    case "old_secret_in_use":
      return oldSecretInUse(finding.facts, now);
    case "expiring":
      return expiring(finding.facts, now);
    case "owner_cannot_manage":
      return {
        title: "belongs to someone who can't manage keys",
        what: "The key goes on working, but its owner can't rotate or revoke it, and would not see a warning about it.",
        rule: "A key is named here when its owner's role may not manage keys.",
      };
    case "unused_scopes":
      return unusedScopes(finding.facts);
    case "old_secret":
      return oldSecret(finding.facts, now);
    case "unused":
      return unused(finding.facts, now);
    case "never_used":
      return neverUsed(finding.facts, now);
    case "works_from_anywhere":
      return worksFromAnywhere(finding.facts);
    case "no_expiry":
      return {
        title: "never expires",
        what: "If its secret leaks and nobody notices, it works for good. With an expiry, somebody looks at it again.",
        rule: "A key is named here while it has no expiry.",
      };
    case "bulk_reading":
    case "scanning":
    case "walking":
    case "new_network":
    case "burst":
    case "silent":
    case "key_in_url":
    case "key_guessed":
    case "unknown_secrets":
    case "retired_secret_called":
      return unusualInWords(finding, now);
    case "same_name":
      return {
        title: "has the name of another key",
        what: `An older key, made on ${longDate(finding.facts.elderSince)}, has the same name. In Activity, or when one is revoked, it is easy to take one for the other.`,
        rule: "The younger of two keys in use is named here when their names are the same.",
      };
  }
}

/** The number of excesses that are told one by one. */
const EXCESSES_TOLD = 2;

type Facts<Kind extends FindingKind> = Extract<KindWithFacts, { kind: Kind }>["facts"];

function decoyUsed({ place, use, reports }: Facts<"decoy_used">, now: Date): FindingWords {
  const calls = use
    ? `${countOf(use.calls, "call")}, the last one ${relativeTime(use.lastAt, now)} from ${use.address} by ${use.userAgent || "a program that does not say its name"}: ${use.method} ${use.path}. It got no data.`
    : "Nobody called with it yet.";
  const reported =
    reports > 0 ? ` Somebody reported its secret${reports > 1 ? ` ${reports} times` : ""}.` : "";
  return {
    title: use ? "is a decoy, and somebody used it" : "is a decoy, and its secret was found",
    what: `It is planted at: ${place}. Whoever has it has been there. ${calls}${reported}`,
    rule: "A decoy is named here when anybody calls with it or reports its secret. No program of yours does, so it takes only one call.",
  };
}

function leaked(facts: Facts<"leaked">, now: Date): FindingWords {
  const { reportedAt, source, url, reports, revokedAt } = facts;
  const who = source === "github" ? "GitHub found its secret" : "Somebody reported its secret";
  const where = url ? `It was at ${url}` : "Nobody said where it was";
  const times = reports > 1 ? ` There are ${formatCount(reports)} reports.` : "";
  const state = revokedAt
    ? "The key is revoked: every call is refused. See what it did, and give the tool a new key."
    : "The key is not revoked. Revoke it, or rotate it so that the old secret stops at once.";
  return {
    title: revokedAt ? "leaked and was revoked" : "leaked and is not revoked",
    what: `${who} ${relativeTime(reportedAt, now)}. ${where}.${times} ${state}`,
    rule: `A key is named here when somebody who holds its secret reports it: until that secret no longer works, and for ${LEAK_NAMED_DAYS} days where the key was revoked.`,
  };
}

function budgetExceeded({ excesses }: Facts<"budget_exceeded">, now: Date): FindingWords {
  const [latest] = excesses;
  const told = excesses.slice(0, EXCESSES_TOLD).map((excess) => excessInWords(excess, now));
  const more = excesses.length - told.length;
  const others = more > 0 ? ` So it was ${countOf(more, "time")} before.` : "";
  return {
    title: latest && latest.until > now ? "is paused at its budget" : "went over its budget",
    what: `${told.join(" ")}${others}`,
    rule: `A key is named here when a call goes over one of its budgets, for ${EXCESS_NAMED_DAYS} days or until an admin lifts it. Such calls are refused until the hour or day is over.`,
  };
}

function excessInWords({ budget, limit, used, passedAt, until }: Excess, now: Date): string {
  const when = relativeTime(passedAt, now);
  const then =
    until > now ? `are refused until ${longInstant(until)}` : "were refused from then on";
  return `It may ${budgetInWords(budget, limit)}. ${formatCount(used)} were used when a call went over that ${when}: such calls ${then}.`;
}

function endedKeyCalled(facts: Facts<"ended_key_called">, now: Date): FindingWords {
  const { ended, endedAt, calls, lastAt, callers } = facts;
  const addresses = callers.map(({ address }) => address);
  const from = addresses.length > 0 ? ` from ${listed(addresses, "and")}` : "";
  return {
    title: ended === "revoked" ? "was revoked and is still called" : "expired and is still called",
    what: `${countOf(calls, "call")}${from}, all refused: the key ${ended === "revoked" ? "was revoked" : "expired"} on ${longDate(endedAt)}. The last one came ${relativeTime(lastAt, now)}. A tool is still set up with it, or somebody else has it.`,
    rule: `A key that has ended is named here while calls came within the last ${STILL_CALLED_DAYS} days.`,
  };
}

function oldSecretInUse(facts: Facts<"old_secret_in_use">, now: Date): FindingWords {
  const { retiresAt, calls, lastUsedAt, address, userAgent } = facts;
  const who = userAgent || "A program that does not say its name";
  return {
    title: "is still called with its old secret",
    what: `${who}${address ? ` at ${address}` : ""} used it ${relativeTime(lastUsedAt, now)}; ${countOf(calls, "call")} since the rotation. The old secret stops on ${longInstant(retiresAt)}, and calls with it are refused from then on.`,
    rule: "An old secret is named here from an hour after the rotation, and at once where it ends within a day, while calls use it.",
  };
}

function expiring(facts: Facts<"expiring">, now: Date): FindingWords {
  const { expiresAt, renewsFor, lastUsedAt } = facts;
  const use = lastUsedAt
    ? `It was last used ${relativeTime(lastUsedAt, now)}.`
    : "It was never used.";
  const help = renewsFor
    ? `Rotating gives it a new secret for another ${countOf(renewsFor, "day")}.`
    : "A later expiry keeps it working.";
  return {
    title: `stops working ${relativeTime(expiresAt, now)}`,
    what: `It expires on ${longInstant(expiresAt)}, and every call is refused from then on. ${use} ${help}`,
    rule: `A key is named here ${EXPIRING_SOON_DAYS} days before it expires, and again ${listed(
      EXPIRING_AGAIN_DAYS.map((days) => countOf(days, "day")),
      "and",
    )} before.`,
  };
}

function unusedScopes({ used, unused: never, calls }: Facts<"unused_scopes">): FindingWords {
  return {
    title: "may do more than it does",
    what: `It used ${formatCount(used.length)} of ${countOf(used.length + never.length, "permission")} in ${USE_DAYS} days. With only those, ${calls === 1 ? "the one recorded call" : `all ${formatCount(calls)} recorded calls`} would still have worked.`,
    rule: `A key is named here when it has had its permissions for ${USE_DAYS} days, was used, and did not need them all.`,
  };
}

function oldSecret(facts: Facts<"old_secret">, now: Date): FindingWords {
  const { secretSince, dueAfterDays } = facts;
  return {
    title: `has had its secret for ${countOf(daysSince(secretSince, now), "day")}`,
    what: `The secret was made on ${longDate(secretSince)}. The longer one is in use, the more places hold a copy of it.`,
    rule: `In this workspace a secret is due to be rotated after ${countOf(dueAfterDays, "day")}. Owners and admins choose after how many, on the Security page.`,
  };
}

function unused({ lastUsedAt }: Facts<"unused">, now: Date): FindingWords {
  return {
    title: `was not used for ${countOf(daysSince(lastUsedAt, now), "day")}`,
    what: `Its last call came on ${longDate(lastUsedAt)}. A key that nothing needs is only a risk.`,
    rule: `A key is named here after ${UNUSED_DAYS[0]} days without a call, and again after ${UNUSED_DAYS[1]}.`,
  };
}

function neverUsed(facts: Facts<"never_used">, now: Date): FindingWords {
  const where = facts.isLimited
    ? "works from the IP addresses it is limited to"
    : "works from anywhere";
  const ends = facts.expires ? "expires by itself" : "never expires";
  return {
    title: "was never used",
    what: `It was made ${relativeTime(facts.createdAt, now)}, ${where} and ${ends}.`,
    rule: `A key is named here when nobody has used it ${NEVER_USED_DAYS[0]} days after it was made, and again after ${listed(NEVER_USED_DAYS.slice(1).map(String), "and")}.`,
  };
}

function worksFromAnywhere({ addresses, days }: Facts<"works_from_anywhere">): FindingWords {
  const from = listed(
    addresses.map(({ address }) => address),
    "and",
  );
  const isOne = addresses.length === 1;
  return {
    title: `works from anywhere, but calls from ${isOne ? "one IP address" : `${addresses.length} IP addresses`}`,
    what: `All its calls of the last ${USE_DAYS} days, on ${countOf(days, "day")}, came from ${from}. Limited to ${isOne ? "that address" : "those"}, a stolen secret would be of no use elsewhere.`,
    rule: `A key is named here when it called on at least ${HABIT_DAYS} days, from at most ${FEW_ADDRESSES} IP addresses.`,
  };
}

function daysSince(at: Date, now: Date): number {
  return Math.floor((now.getTime() - at.getTime()) / DAY_MS);
}
