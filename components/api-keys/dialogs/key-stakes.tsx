import type { ReactNode } from "react";
import type { Caller } from "@/lib/access/activity/reading/usage";
import { now } from "@/lib/platform/clock";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { relativeTime } from "@/lib/platform/format/time";

/** The callers that depend on a key now: an action that stops the key breaks them. */
export type Stakes = { lastHour: readonly Caller[]; lastDay: readonly Caller[] };

const SHOWN = 4;

type KeyStakesProps = {
  stakes: Stakes;
  /** The secret that stops; without it the whole key does. */
  secret?: "current" | "older";
};

/** Says which calls and callers stop working, beside the button that stops them. */
export function KeyStakes({ stakes, secret }: KeyStakesProps) {
  const hour = sumOf(stakes.lastHour);
  const day = sumOf(stakes.lastDay);
  const callers = acrossSecrets(stakes.lastDay);
  if (day === 0) {
    return (
      <p className="rounded-md border border-line bg-bg-subtle px-3.5 py-2.5">
        Nothing used {secret ? `the ${secret} secret` : "this key"} in the last 24 hours.
      </p>
    );
  }
  return (
    <div className="rounded-md border border-warn-line bg-warn-soft px-3.5 py-2.5">
      <p>
        <strong className="font-semibold">{countOf(hour, "call")}</strong> came{" "}
        {secret && `with the ${secret} secret `}in the last hour,{" "}
        <strong className="font-semibold">{formatCount(day)}</strong> in the last 24 hours. These
        calls would be refused, from:
      </p>
      <CallerList callers={callers.slice(0, SHOWN)} time={plainTime} />
      {callers.length > SHOWN && (
        <p className="mt-1 text-ink-2 text-xs">
          and {countOf(callers.length - SHOWN, "more caller")}
        </p>
      )}
    </div>
  );
}

/** A program as a list names it. Where several secrets are listed, it comes with the one that it used. */
type ListedCaller = Omit<Caller, "secretId"> & { secretId?: string };

type CallerListProps = { callers: readonly ListedCaller[]; time: (at: Date) => ReactNode };

/** Callers with IP address, program, number of calls and the time of the last. */
export function CallerList({ callers, time }: CallerListProps) {
  return (
    <ul className="mt-1 grid gap-1">
      {callers.map((caller) => (
        <li
          key={`${caller.secretId ?? ""} ${caller.address} ${caller.userAgent}`}
          className="grid grid-cols-[8.5rem_minmax(0,1fr)_auto] items-baseline gap-x-2 max-md:grid-cols-[minmax(0,1fr)_auto]"
        >
          <span className="truncate font-mono text-xs" title={caller.address}>
            {caller.address}
          </span>
          <span
            className="truncate max-md:order-last max-md:col-span-2 max-md:text-xs"
            title={caller.userAgent}
          >
            {caller.userAgent || "no user agent"}
          </span>
          <span className="whitespace-nowrap text-ink-2">
            {countOf(caller.calls, "call")}, {time(caller.lastAt)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The callers that depend on one of the key's secrets. */
export function stakesOf({ lastHour, lastDay }: Stakes, { id }: { id: string }): Stakes {
  const ofSecret = ({ secretId }: Caller) => secretId === id;
  return { lastHour: lastHour.filter(ofSecret), lastDay: lastDay.filter(ofSecret) };
}

/** The callers with each program once, whichever of the key's secrets it used. */
function acrossSecrets(callers: readonly Caller[]): Caller[] {
  const merged = new Map<string, Caller>();
  for (const caller of callers) {
    const program = `${caller.address} ${caller.userAgent}`;
    const known = merged.get(program);
    merged.set(program, known ? { ...known, calls: known.calls + caller.calls } : caller);
  }
  return [...merged.values()];
}

/** A time for dialogs: nothing to stop at on the way to the answer, where the focus starts. */
export function plainTime(at: Date): string {
  return relativeTime(at, now());
}

/** The calls of several callers together. */
export function sumOf(callers: readonly Caller[]): number {
  return callers.reduce((sum, { calls }) => sum + calls, 0);
}
