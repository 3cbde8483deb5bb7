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
import { DAY_MS, later } from "@/lib/platform/clock";

/**
 * A settled key that was called from a network for the first time, within the last seven days and with the secret that
 * it still has. It is urgent where the program that called is new for the key too. A key that is limited to IP
 * addresses is never named, since somebody chose those.
 */
export function judgeNewNetwork(
  {
    allowedAddresses,
    secretSince,
    use,
  }: Pick<KeyFacts, "allowedAddresses" | "secretSince" | "use">,
  now: Date,
): Judged | null {
  if (allowedAddresses.length > 0) return null;
  const newSince = later(now, -NEW_NETWORK_DAYS * DAY_MS);
  if (!use.callers.some(({ firstAt }) => firstAt > newSince)) return null;
  const meant = new Set(use.intended.flatMap((one) => networksOf(one)));
  const callers = use.callers.filter(({ network }) => !meant.has(network));
  const firsts = firstOfEachNetwork(callers);
  const fresh = firsts.filter(
    ({ firstAt }, at) => firstAt > newSince && firstAt >= secretSince && wasSettled(firsts, at),
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

/**
 * True where the key was at home elsewhere when the network at `place` came. It had called for two weeks by then, and
 * in the 30 days before it called from a new network on one day at most. The networks of its first week, in which it
 * was set up, do not count.
 */
function wasSettled(firsts: readonly Caller[], place: number): boolean {
  const [earliest, caller] = [firsts[0], firsts[place]];
  if (!earliest || !caller) return false;
  if (caller.firstAt < later(earliest.firstAt, SETTLED_DAYS * DAY_MS)) return false;
  const setUp = later(earliest.firstAt, LEARNING_DAYS * DAY_MS).getTime();
  const since = later(caller.firstAt, -ARRIVAL_DAYS * DAY_MS).getTime();
  return arrivalDays(firsts, place, Math.max(setUp, since)) <= ARRIVALS_MAX;
}

/**
 * The number of days from `sinceMs` on at which networks before the one at `place` came. It counts no further than two.
 */
function arrivalDays(firsts: readonly Caller[], place: number, sinceMs: number): number {
  let [days, day] = [0, Number.NaN];
  for (let at = place - 1; at > 0 && days <= ARRIVALS_MAX; at -= 1) {
    const firstMs = firsts[at]?.firstAt.getTime() ?? 0;
    if (firstMs < sinceMs) break;
    const arrived = Math.floor(firstMs / DAY_MS);
    if (arrived !== day) days += 1;
    day = arrived;
  }
  return days;
}

/** The first caller of each network. */
function firstOfEachNetwork(callers: readonly Caller[]): Caller[] {
  const seen = new Set<string>();
  return callers.filter(({ network }) => {
    const isFirst = !seen.has(network);
    seen.add(network);
    return isFirst;
  });
}

function networksOf(about: KeyFacts["use"]["intended"][number]): string[] {
  return about.kind === "new_network" ? about.facts.callers.map(({ network }) => network) : [];
}
