import { BarChart, HEIGHT, SLOT } from "@/components/ui/bar-chart";
import { axisTop } from "@/components/ui/chart-scale";
import type { CampaignHour } from "@/lib/mail/campaigns/report";
import { formatCount } from "@/lib/platform/format/number";
import { barsOf, type ReportBar } from "./report-bars";

const BAR = 7;

const SERIES = [
  { name: "Opens", swatch: "bg-accent" },
  { name: "Clicks", swatch: "bg-info" },
];

/** Opens and clicks over time, side by side. */
export function ReportChart({ hours }: { hours: readonly CampaignHour[] }) {
  const { unit, bars } = barsOf(hours);
  const [first, last] = [bars[0], bars.at(-1)];
  const most = Math.max(0, ...bars.flatMap(({ opens, clicks }) => [opens, clicks]));
  if (!first || !last || most === 0) {
    return <p className="text-ink-2 text-sm">No opens or clicks yet.</p>;
  }
  const top = axisTop(most);
  return (
    <BarChart
      title="Opens and clicks over time, in UTC"
      top={top}
      ticks={[first.label, "UTC", last.label]}
      series={SERIES}
      unit={`${unit} (UTC)`}
      rows={bars.map(({ label, opens, clicks }) => ({ label, counts: [opens, clicks] }))}
    >
      {bars.map((bar, at) => (
        <Columns key={bar.label} bar={bar} x={at * SLOT + SLOT / 2} top={top} />
      ))}
    </BarChart>
  );
}

function Columns({ bar, x, top }: { bar: ReportBar; x: number; top: number }) {
  const height = (count: number) => (count / top) * HEIGHT;
  const { label, opens, clicks } = bar;
  return (
    <g>
      <title>{`${label}: ${formatCount(opens)} opens, ${formatCount(clicks)} clicks`}</title>
      <rect x={x - BAR} y={0} width={BAR * 2} height={HEIGHT} className="fill-transparent" />
      <rect
        x={x - BAR}
        y={HEIGHT - height(opens)}
        width={BAR - 0.5}
        height={height(opens)}
        className="fill-accent opacity-85"
      />
      <rect
        x={x + 0.5}
        y={HEIGHT - height(clicks)}
        width={BAR - 0.5}
        height={height(clicks)}
        className="fill-info opacity-85"
      />
    </g>
  );
}
