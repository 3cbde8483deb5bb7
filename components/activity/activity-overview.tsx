import type { ReactNode } from "react";
import { Card, CardBody } from "@/components/ui/card";
import type { Overview } from "@/lib/access/activity/reading/overview";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { RANGE_WORDS } from "@/lib/access/activity/words";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/platform/clock";
import { formatCount, formatShare } from "@/lib/platform/format/number";
import { longInstant, shortDate } from "@/lib/platform/format/time";
import { activityList } from "./activity-url";
import { type Bar, CallsChart } from "./calls-chart";
import { ChartBrush } from "./chart-brush";

type ActivityOverviewProps = { overview: Overview; query: ActivityQuery };

/** The calls that the filters find, in figures: how many, how long they took, and when. */
export function ActivityOverview({ overview, query }: ActivityOverviewProps) {
  return (
    <Card aria-label="Overview" className="mb-3">
      <CardBody>
        <Totals overview={overview} query={query} />
        <CallsOverTime overview={overview} query={query} />
        {overview.since && (
          <p className="mt-2 text-ink-3 text-xs">
            Shares and times are of the newest calls, back to {longInstant(overview.since)}.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function Totals({ overview, query }: ActivityOverviewProps) {
  const { calls, problems, typicalMs, slowMs } = overview;
  return (
    <dl className="mb-4 flex flex-wrap items-end gap-x-8 gap-y-2">
      <Figure name={`calls, ${spanInWords(query)}`}>{formatCount(calls)}</Figure>
      <Figure name={`problems (${formatShare(problems, calls)})`} isBad={problems > 0}>
        {formatCount(problems)}
      </Figure>
      {typicalMs !== null && <Figure name="typical">{formatCount(typicalMs)} ms</Figure>}
      {slowMs !== null && <Figure name="slowest 5 %">{formatCount(slowMs)} ms</Figure>}
    </dl>
  );
}

function spanInWords({ range, from, to }: ActivityQuery): string {
  if (range) return RANGE_WORDS[range];
  return from || to ? "in this time" : "last 4 days";
}

type FigureProps = { name: string; isBad?: boolean; children: ReactNode };

function Figure({ name, isBad, children }: FigureProps) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-2 text-xs">{name}</dt>
      <dd
        className={`font-semibold text-[18px] leading-6 tracking-tight ${isBad ? "text-danger" : ""}`}
      >
        {children}
      </dd>
    </div>
  );
}

function CallsOverTime({
  overview: { bars, barMs, calls, problems },
  query,
}: ActivityOverviewProps) {
  const first = bars[0]?.from ?? "";
  const filter = activityList.filterOf(query);
  const shown: Bar[] = bars.map((bar) => {
    const from = new Date(bar.from);
    const to = new Date(from.getTime() + barMs);
    const href = activityList.url({ ...filter, range: undefined, from, to });
    return { ...bar, label: spanOf(from, to), href };
  });
  const middle = bars[Math.floor(bars.length / 2)]?.from ?? "";
  const last = bars.at(-1)?.from ?? "";
  return (
    <CallsChart
      title={`Calls since ${readable(first)} UTC, ${lengthInWords(barMs)} a bar: ${formatCount(calls)}, of which ${formatCount(problems)} were refused or failed`}
      bars={shown}
      ticks={[`${readable(first)} UTC`, readable(middle), readable(last)]}
      unit="Time (UTC)"
      brush={(columns) => (
        <ChartBrush query={query} firstMs={Date.parse(first)} barMs={barMs} count={bars.length}>
          {columns}
        </ChartBrush>
      )}
    />
  );
}

function lengthInWords(barMs: number): string {
  if (barMs >= DAY_MS) return `${barMs / DAY_MS} d`;
  return barMs >= HOUR_MS ? `${barMs / HOUR_MS} h` : `${barMs / MINUTE_MS} min`;
}

function spanOf(from: Date, to: Date): string {
  const end = to.getTime() - from.getTime() >= DAY_MS ? readable(to.toISOString()) : timeOf(to);
  return `${readable(from.toISOString())} to ${end}`;
}

/** "28 Nov 14:00". */
function readable(iso: string): string {
  const at = new Date(iso);
  return `${shortDate(at).slice(0, -5)} ${timeOf(at)}`;
}

function timeOf(at: Date): string {
  return at.toISOString().slice(11, 16);
}
