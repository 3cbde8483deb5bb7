"use client";

import { ChevronRight } from "lucide-react";
import { Fragment } from "react";
import { Link } from "@/components/ui/link";
import type { ActivityQuery, Run, Runs } from "@/lib/access/activity/schema";
import { runInWords } from "@/lib/access/activity/words";
import { countOf } from "@/lib/platform/format/number";
import { activityList } from "./activity-url";
import { dayHeading, dayOf, minuteOf } from "./clock-time";
import { type Clock, useClock } from "./use-clock";

type RunListProps = { found: Runs; query: ActivityQuery; now: Date };

/** The runs, the newest first. Each is one sentence about a key's calls in a row, and leads to its calls. */
export function RunList({ found: { runs, lookedBackTo }, query, now }: RunListProps) {
  const [clock] = useClock();
  return (
    <section aria-label="Runs" className="group-has-data-pending/list:opacity-60">
      <ol className="rounded-lg border border-line bg-surface">
        {runs.map((run, place) => (
          <Fragment key={`${run.keyId} ${run.from}`}>
            {isFirstOfDay(runs, place, clock) && (
              <li
                suppressHydrationWarning
                className="border-line border-b bg-bg-subtle px-4 py-1.5 font-medium text-ink-3 text-xs first:rounded-t-lg"
              >
                {dayHeading(new Date(run.to), now, clock)}
              </li>
            )}
            <RunRow run={run} query={query} now={now} clock={clock} />
          </Fragment>
        ))}
      </ol>
      {lookedBackTo && (
        <p className="mt-3 text-ink-3 text-xs" suppressHydrationWarning>
          Back to {minuteOf(new Date(lookedBackTo), now, clock)}. Choose a time to see what was
          before.
        </p>
      )}
    </section>
  );
}

function isFirstOfDay(runs: readonly Run[], place: number, clock: Clock): boolean {
  const [run, before] = [runs[place], runs[place - 1]];
  if (!run || !before) return true;
  return dayOf(new Date(run.to), clock) !== dayOf(new Date(before.to), clock);
}

type RunRowProps = { run: Run; query: ActivityQuery; now: Date; clock: Clock };

function RunRow({ run, query, now, clock }: RunRowProps) {
  const { keyId, keyName, calls, isGoing } = run;
  const [from, to] = [new Date(run.from), new Date(run.to)];
  const href = activityList.url({
    ...activityList.filterOf(query),
    view: undefined,
    range: undefined,
    key: keyId,
    from,
    to: new Date(to.getTime() + 1),
  });
  return (
    <li className="border-line border-b last:border-b-0">
      <Link href={href} className="flex items-center gap-3 px-4 py-2.5 hover:bg-bg-subtle">
        <span className="min-w-0 flex-1">
          <span className="block break-words text-sm">
            <bdi className="font-medium">{keyName}</bdi>: {runInWords(run)}
          </span>
          <span suppressHydrationWarning className="block text-ink-3 text-xs">
            {isGoing ? `since ${minuteOf(from, now, clock)}` : `done ${minuteOf(to, now, clock)}`},{" "}
            {countOf(calls, "call")}
          </span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3" />
      </Link>
    </li>
  );
}
