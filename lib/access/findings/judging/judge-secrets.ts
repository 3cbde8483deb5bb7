import { type Judged, judged } from "@/lib/access/findings/judging/judged";
import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import { IN_URL_NAMED_DAYS } from "@/lib/access/findings/kind/unusual-limits";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";

/** A key that works and is still called with a secret that a rotation has ended. The degree rises with each tenfold. */
export function judgeRetiredSecretCalled({ use }: Pick<KeyFacts, "use">): Judged | null {
  const { withRetired } = use;
  if (!withRetired || withRetired.calls === 0) return null;
  return judged("retired_secret_called", "soon", degreeOf(withRetired.calls), withRetired);
}

/**
 * A key that was called with a key in the URL, within the last 30 days and with the secret that it still has. The
 * degree rises with each tenfold of the calls in one hour.
 */
export function judgeKeyInUrl(
  { secretSince, use }: Pick<KeyFacts, "secretSince" | "use">,
  now: Date,
): Judged | null {
  const open = use.standing.flatMap((one) => (one.kind === "key_in_url" ? one.facts : []));
  // The part of an hour that was named before the secret was replaced in that hour.
  const seenTo = (hour: Date) =>
    Math.max(0, ...open.map(({ to, calls }) => (to > hour && to <= secretSince ? calls : 0)));
  const seen = use.hours.flatMap(({ hour, routes }) => {
    const calls = routes.reduce((sum, { inUrl }) => sum + inUrl, 0) - seenTo(hour);
    const to = new Date(Math.min(later(hour, HOUR_MS).getTime(), now.getTime()));
    return calls > 0 ? [{ from: hour, to, calls }] : [];
  });
  const all = [...seen, ...open].filter(
    ({ to }) => to > later(now, -IN_URL_NAMED_DAYS * DAY_MS) && to > secretSince,
  );
  if (all.length === 0) return null;
  const facts = {
    from: new Date(Math.min(...all.map(({ from }) => from.getTime()))),
    to: new Date(Math.max(...all.map(({ to }) => to.getTime()))),
    calls: Math.max(...all.map(({ calls }) => calls)),
  };
  return judged("key_in_url", "soon", degreeOf(facts.calls), facts);
}

function degreeOf(calls: number): number {
  return 1 + Math.floor(Math.log10(calls));
}
