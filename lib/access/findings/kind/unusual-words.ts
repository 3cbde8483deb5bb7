import { KNOWN_ON_DAYS, KNOWN_WITHIN_DAYS } from "@/lib/access/activity/limits";
import type { FactsOf, KindWithFacts } from "@/lib/access/findings/kind/facts";
import { FEW_ADDRESSES } from "@/lib/access/findings/kind/limits";
import type { Excess } from "@/lib/access/findings/kind/unusual-facts";
import {
  ABOVE_YOUNG,
  AROUND_THE_CLOCK,
  EXCESS,
  GUESSES,
  IN_URL_NAMED_DAYS,
  NEW_NETWORK_DAYS,
  SCANNED_ROUTES,
  SETTLED_DAYS,
  SILENT_CLOCK_HOURS,
  SILENT_HOURS,
  UNKNOWN_CALLS,
  UNKNOWN_SECRETS,
  UNUSUAL_NAMED_DAYS,
  WALKED_SHARE,
  YOUNG_DAYS,
} from "@/lib/access/findings/kind/unusual-limits";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { longDate, longInstant, relativeTime } from "@/lib/platform/format/time";

/** A finding in words: its title without the key's name, the facts, and the rule by which it is named. */
export type FindingWords = { title: string; what: string; rule: string };

/** A kind that is about unusual calls, with its facts. */
type Unusual = Extract<
  KindWithFacts,
  {
    kind:
      | "bulk_reading"
      | "scanning"
      | "walking"
      | "new_network"
      | "burst"
      | "silent"
      | "key_in_url"
      | "key_guessed"
      | "unknown_secrets"
      | "retired_secret_called";
  }
>;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const NAMED_FOR = `It stays here for ${UNUSUAL_NAMED_DAYS} days, until the secret is replaced, or until it is dismissed: “It is meant to be so” makes it usual.`;

/** A finding about unusual calls as a marketer reads it at `now`. */
export function unusualInWords(finding: Unusual, now: Date): FindingWords {
  switch (finding.kind) {
    case "bulk_reading":
      return bulkReading(finding.facts);
    case "scanning":
      return scanning(finding.facts);
    case "walking":
      return walking(finding.facts);
    case "burst":
      return burst(finding.facts);
    case "new_network":
      return newNetwork(finding.facts, now);
    case "silent":
      return silent(finding.facts);
    case "key_in_url":
      return keyInUrl(finding.facts, now);
    case "key_guessed":
      return keyGuessed(finding.facts);
    case "unknown_secrets":
      return unknownSecrets(finding.facts);
    case "retired_secret_called":
      return retiredSecretCalled(finding.facts, now);
  }
}

function bulkReading(facts: Excess): FindingWords {
  const { least, timesUpper, timesTop } = EXCESS.bulk_reading;
  return {
    title: `read ${countOf(facts.count, "contact")} in an hour`,
    what: `It read ${countOf(facts.count, "contact")} in an hour${routesOf(facts)}, ${timeOf(facts)}; ${usualOf(facts)}. Somebody who has the secret may be copying your contacts. If nobody runs a new import or export, stop the key.`,
    rule: `A key is named here when it reads at least ${formatCount(least)} contacts in an hour, more than ${timesUpper} times what is usual for that hour of the week, and ${timesTop} times its busiest hour in five weeks. ${NAMED_FOR}`,
  };
}

function scanning(facts: Excess): FindingWords {
  return {
    title: "tried what it may not do",
    what: `${countOf(facts.count, "call")} of an hour were refused for want of permission${routesOf(facts)}, ${timeOf(facts)}. Somebody may be finding out what the key can do, or a tool was set up with the wrong key.`,
    rule: `A key is named here when at least ${EXCESS.scanning.least} calls of an hour were refused (401 or 403), on at least ${SCANNED_ROUTES} routes and on more than ever in five weeks. ${NAMED_FOR}`,
  };
}

function walking(facts: Excess): FindingWords {
  const { least, timesTop } = EXCESS.walking;
  return {
    title: `asked ${countOf(facts.count, "time")} for what does not exist`,
    what: `${countOf(facts.count, "call")} of an hour ended in “not found”${routesOf(facts)}, ${timeOf(facts)}; ${usualOf(facts)}. Somebody may be guessing who is among your contacts, or a tool asks for the wrong things.`,
    rule: `A key is named here when at least ${least} calls of an hour end in “not found”, ${timesTop} times as many as in its worst hour of five weeks, and at least ${WALKED_SHARE * 100} % of all. ${NAMED_FOR}`,
  };
}

function burst(facts: Excess): FindingWords {
  const { least, timesUpper, timesTop } = EXCESS.burst;
  return {
    title: `made ${countOf(facts.count, "call")} in an hour`,
    what: `It made ${countOf(facts.count, "call")} in an hour${routesOf(facts)}, ${timeOf(facts)}; ${usualOf(facts)}. A tool may be calling in a loop.`,
    rule: `A key is named here when it makes at least ${least} calls in an hour, more than ${timesUpper} times what is usual for that hour of the week, and ${timesTop} times its busiest hour in five weeks; until it has called for ${YOUNG_DAYS} days, ${ABOVE_YOUNG} times as much of that. Calls that page through far more contacts than usual are named as reading instead. ${NAMED_FOR}`,
  };
}

function newNetwork({ callers, networks }: FactsOf<"new_network">, now: Date): FindingWords {
  const places = listed(
    callers.map(({ address, program }) => `${address} (${program || "a program without a name"})`),
    "and",
  );
  const since = callers[0] ? relativeTime(callers[0].firstAt, now) : "";
  const isStrange = callers.some(({ isKnownProgram }) => !isKnownProgram);
  const program = isStrange
    ? "No program of that name has called with this key before."
    : "Programs of that name have called with this key before, so the tool may have moved.";
  return {
    title: "was called from a new network",
    what: `${places} first called ${since}. Before, all calls came from ${networks === 1 ? "one other network" : `${formatCount(networks)} other networks`}. ${program}`,
    rule: `A key that has called for ${SETTLED_DAYS} days and seldom changes its networks is named here for ${NEW_NETWORK_DAYS} days after the first call from a new one, unless it is limited to IP addresses. “It is meant to be so” makes the network known at once.`,
  };
}

function silent({ lastUsedAt, missed, hoursOfDay }: FactsOf<"silent">): FindingWords {
  const time = lastUsedAt.toISOString().slice(11, 16);
  const since = `${WEEKDAYS[lastUsedAt.getUTCDay()]} ${time} UTC, ${longDate(lastUsedAt)}`;
  return {
    title: "has gone silent",
    what: `It usually calls ${habitOf(hoursOfDay)}; nothing since ${since}. It has missed ${countOf(missed, "hour")} in which it usually calls. The tool may be down, or has lost its secret.`,
    rule: `A key is named here after missing at least ${SILENT_HOURS} of its usual hours, over ${SILENT_CLOCK_HOURS} hours or more, and more than twice as many in a row as ever in five weeks. A key that does not call around the clock may miss two whole days.`,
  };
}

function habitOf(hoursOfDay: number): string {
  if (hoursOfDay >= AROUND_THE_CLOCK) return "every hour";
  return hoursOfDay === 1 ? "once a day" : `in ${hoursOfDay} hours of a day`;
}

function keyInUrl({ calls, to }: FactsOf<"key_in_url">, now: Date): FindingWords {
  return {
    title: "was sent in a URL",
    what: `${countOf(calls, "call")} in an hour carried a key, or a parameter meant for one, in the URL, the last of them ${relativeTime(to, now)}. Postern refused them and kept no part of it, but proxies and logs on the way keep URLs. Send the key in the Authorization header, and rotate it.`,
    rule: `A key is named here for ${IN_URL_NAMED_DAYS} days after such a call, until its secret is replaced.`,
  };
}

function retiredSecretCalled(
  { retiredAt, calls, lastAt }: FactsOf<"retired_secret_called">,
  now: Date,
): FindingWords {
  return {
    title: "is called with a secret that has ended",
    what: `The old secret stopped working on ${longInstant(retiredAt)}. In the last 7 days ${countOf(calls, "call")} came with it and ${calls === 1 ? "was" : "were"} refused, the last ${relativeTime(lastAt, now)}. A tool still has it, or somebody else does.`,
    rule: "A key is named here while calls of the last 7 days came with a secret that a rotation has ended.",
  };
}

function keyGuessed({ secrets, ...facts }: FactsOf<"key_guessed">): FindingWords {
  return {
    title: "is being guessed",
    what: `Calls of an hour carried at least ${formatCount(secrets)} different secrets that begin like the one of this key and that no key has, ${timeOf(facts)}. All were refused, and Activity does not show them, since they are no key's. Postern never shows how a secret begins, so somebody has probably seen a part of this one, in a log or a picture, and tries the rest. Rotate it.`,
    rule: `A key is named here when calls of an hour carried at least ${GUESSES} different secrets that no key has, with the first four characters of its own. ${NAMED_FOR}`,
  };
}

function unknownSecrets({ secrets, calls, address, ...facts }: FactsOf<"unknown_secrets">) {
  const sent = secrets === 1 ? "a secret" : `at least ${formatCount(secrets)} different secrets`;
  const why =
    secrets === 1
      ? "A tool there may be set up with the key of another Postern, such as one for tests."
      : "Somebody there may be trying out keys, or tools are set up with keys of another Postern, such as one for tests.";
  return {
    title: "has a caller that sends unknown secrets",
    what: `In an hour, ${countOf(calls, "call")} from ${address}, from which this key is called, carried ${sent} that no key has, ${timeOf(facts)}. All were refused, and Activity does not show them, since they are no key's. ${why}`,
    rule: `A key is named here when calls of an hour from a known caller (an IP address from which it called on ${KNOWN_ON_DAYS} of ${KNOWN_WITHIN_DAYS} days) carried at least ${UNKNOWN_SECRETS} different secrets that no key has, or when there were at least ${UNKNOWN_CALLS} such calls. Callers in a network that others call from too are left out, and so are keys with more than ${FEW_ADDRESSES} known callers; of several keys, the one that calls from there most is named. It stays here for ${UNUSUAL_NAMED_DAYS} days, or until it is dismissed: “It is meant to be so” makes it usual.`,
  };
}

function usualOf({ usual }: Excess): string {
  return usual === 0 ? "usual is none" : `usual is at most ${formatCount(usual)}`;
}

function timeOf({ from, to }: Pick<Excess, "from" | "to">): string {
  return `between ${longInstant(from)} and ${to.toISOString().slice(11, 16)} UTC`;
}

function routesOf({ routes }: Excess): string {
  const named = routes.filter(({ route }) => route !== "");
  if (named.length === 0) return "";
  return ` by ${listed(
    named.map(({ method, route }) => `${method} ${route}`),
    "and",
  )}`;
}
