import type { ReactNode } from "react";
import { type Bar, CallsChart } from "@/components/activity/calls-chart";
import { quickStartUrl } from "@/components/docs/quick-start-url";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Time } from "@/components/ui/time";
import type { DayOfCalls, HourOfCalls } from "@/lib/access/activity/reading/usage";
import { presetOf } from "@/lib/access/api-keys/key/presets";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { isWorking } from "@/lib/access/api-keys/key/status";
import { formatCount, formatShare } from "@/lib/platform/format/number";
import { longDate } from "@/lib/platform/format/time";
import { FirstCallLine } from "../dialogs/first-call-line";
import { CallsSpan, type Span } from "./calls-span";

/** Soon after the first call the whole page knows of it, not too soon to read from where it came. */
const REFRESH_MS = 10_000;

type CallsCardProps = {
  apiKey: KeyDetails;
  span: Span;
  days: readonly DayOfCalls[];
  hours: readonly HourOfCalls[];
  typicalMs: number | null;
};

/** The number of a key's calls, and how many succeeded. */
export function CallsCard({ apiKey, span, days, hours, typicalMs }: CallsCardProps) {
  const bars = span === "30d" ? days.map(dayBar) : hours.map(hourBar);
  const succeeded = bars.reduce((sum, bar) => sum + bar.succeeded, 0);
  const calls = bars.reduce((sum, bar) => sum + bar.succeeded + bar.refused, 0);
  const neverCalled = apiKey.lastUsedAt === null && days.every(isQuiet);
  return (
    <Card>
      <CardHeader title="Calls">{!neverCalled && <CallsSpan span={span} />}</CardHeader>
      <CardBody>
        {neverCalled ? (
          <NeverCalled apiKey={apiKey} />
        ) : (
          <>
            <dl className="mb-4 grid grid-cols-2 gap-x-10 gap-y-3 md:flex md:flex-wrap">
              <Figure name={calls === 1 ? "call" : "calls"}>{formatCount(calls)}</Figure>
              <Figure name="succeeded">{formatShare(succeeded, calls)}</Figure>
              <Figure name="typical time">{typicalMs === null ? "–" : `${typicalMs} ms`}</Figure>
              <Figure name="last used">
                {apiKey.lastUsedAt ? <Time at={apiKey.lastUsedAt} /> : "never"}
              </Figure>
            </dl>
            <CallsChart bars={bars} {...titlesOf(span, bars)} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-2 text-xs">{name}</dt>
      <dd className="font-semibold text-[18px] leading-6 tracking-tight">{children}</dd>
    </div>
  );
}

function NeverCalled({ apiKey }: { apiKey: KeyDetails }) {
  if (!isWorking(apiKey.status)) return <p className="text-ink-2">This key was never used.</p>;
  return (
    <div className="grid gap-3 text-sm">
      <p className="text-ink-2">
        Put this key's secret into your tool. Its calls show up here: how many, how they went, and
        from where.
      </p>
      <FirstCallLine
        keyId={apiKey.id}
        name={apiKey.name}
        advice={
          <>
            Press “Test connection” in your tool, or make a call as the{" "}
            <Link
              href={quickStartUrl(presetOf(apiKey.scopes))}
              className="underline underline-offset-2"
            >
              quick start
            </Link>{" "}
            shows.
          </>
        }
      />
      <RefreshEvery ms={REFRESH_MS} />
    </div>
  );
}

function titlesOf(span: Span, bars: readonly Bar[]) {
  const first = bars[0]?.label ?? "";
  const middle = bars[Math.floor(bars.length / 2)]?.label ?? "";
  return span === "30d"
    ? {
        title: "Calls per day in the last 30 days, in UTC",
        ticks: [withoutYear(first), withoutYear(middle), "today"] as const,
        unit: "Day",
      }
    : {
        title: "Calls per hour in the last 24 hours, in UTC",
        ticks: [timeOf(first), timeOf(middle), "now"] as const,
        unit: "Hour (UTC)",
      };
}

function dayBar({ day, succeeded, refused }: DayOfCalls): Bar {
  return { label: longDate(new Date(day)), succeeded, refused };
}

function hourBar({ hour, succeeded, refused }: HourOfCalls): Bar {
  return { label: `${longDate(hour)}, ${hour.toISOString().slice(11, 16)}`, succeeded, refused };
}

/** "25 October 2026" is "25 Oct" below a bar. */
function withoutYear(label: string): string {
  const [day, month] = label.split(" ");
  return `${day} ${month?.slice(0, 3)}`;
}

function timeOf(label: string): string {
  return label.slice(-5);
}

function isQuiet({ succeeded, refused }: DayOfCalls): boolean {
  return succeeded + refused === 0;
}
