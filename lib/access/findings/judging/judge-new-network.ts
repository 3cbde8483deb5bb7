import { type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { Caller, KeyFacts } from "@/lib/access/findings/judging/key-facts";
import {
  ARRIVAL_DAYS,
  ARRIVALS_MAX,
  LEARNING_DAYS,
  NAMED_MAX,
  NEW_NETWORK_DAYS,
  SETTLED_DAYS,
} from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, later, startOf } from "@/lib/platform/clock";

/**
 * A settled key that was called from a network for the first time, within the last seven days and with the secret that it
 * still has. It is urgent where the program that called is new for the key too. A key that is limited to IP addresses is
 * never named: somebody chose those.
 */
export function judgeNewNetwork(
  { allowedAddresses, secretSince, use }: Pick<KeyFacts, "allowedAddresses" | "secretSince" | "use">,
  now: Date,
): Judged | null {
  if (allowedAddresses.length > 0) return null;
  const meant = new Set(use.intended.flatMap((one) => networksOf(one)));
  const callers = use.callers.filter(({ network }) => !meant.has(network));
  const firsts = firstOfEachNetwork(callers);
  const [earliest] = firsts;
  if (!earliest || earliest.firstAt > later(now, -SETTLED_DAYS * DAY_MS)) return null;
  const newSince = later(now, -NEW_NETWORK_DAYS * DAY_MS);
  const fresh = firsts.filter(
    (caller) =>
      caller.firstAt > newSince &&
      caller.firstAt >= secretSince &&
      arrivalsBefore(caller, firsts) <= ARRIVALS_MAX,
  );
  if (fresh.length === 0) return null;
  const named = fresh.slice(-NAMED_MAX).map((caller) => ({
    ...caller,
    isKnownProgram: use.callers.some(
      ({ program, firstAt }) => program === caller.program && firstAt < caller.firstAt,
    ),
  }));
  const isStrange = named.some(({ isKnownProgram }) => !isKnownProgram);
  const facts = { callers: named, networks: firsts.length - fresh.length };
  return judged("new_network", isStrange ? "urgent" : "soon", isStrange ? 2 : 1, facts);
}

/** The days of the 30 before it on which the key came from another new network, those apart in which it was set up. */
function arrivalsBefore(caller: Caller, firsts: readonly Caller[]): number {
  const [earliest] = firsts;
  if (!earliest) return 0;
  const setUp = later(earliest.firstAt, LEARNING_DAYS * DAY_MS);
  const since = later(caller.firstAt, -ARRIVAL_DAYS * DAY_MS);
  const days = firsts
    .filter(({ firstAt }) => firstAt >= setUp && firstAt > since && firstAt < caller.firstAt)
    .map(({ firstAt }) => startOf(firstAt, DAY_MS).getTime());
  return new Set(days).size;
}

/** The first caller of each network, the earliest first. */
function firstOfEachNetwork(callers: readonly Caller[]): Caller[] {
  const seen = new Set<string>();
  return callers
    .toSorted((one, other) => one.firstAt.getTime() - other.firstAt.getTime())
    .filter(({ network }) => !seen.has(network) && seen.add(network));
}

function networksOf(about: KeyFacts["use"]["intended"][number]): string[] {
  return about.kind === "new_network" ? about.facts.callers.map(({ network }) => network) : [];
}
