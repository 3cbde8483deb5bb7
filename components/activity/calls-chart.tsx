import type { ReactNode } from "react";
import { BarChart, HEIGHT, SLOT } from "@/components/ui/bar-chart";
import { axisTop } from "@/components/ui/chart-scale";
import { formatCount } from "@/lib/platform/format/number";

/** The calls of one bar. `label` says which, in full; `href` leads to them. */
export type Bar = { label: string; succeeded: number; refused: number; href?: string };

type CallsChartProps = {
  /** Oldest first. */
  bars: readonly Bar[];
  /** The content of the chart, for those who don't see it. */
  title: string;
  /** The labels below the first, the middle and the last bar. */
  ticks: readonly [string, string, string];
  /** The span of one bar: "Day" or "Hour". */
  unit: string;
  /** Wraps the bars, so that some of them can be chosen. */
  brush?: (bars: ReactNode) => ReactNode;
};

const BAR = 12;
const GAP = 1.5;

const SERIES = [
  { name: "Succeeded", swatch: "bg-accent" },
  { name: "Refused or failed", swatch: "bg-danger" },
];

/** Calls over time, those that were refused on top of those that succeeded. */
export function CallsChart({ bars, title, ticks, unit, brush }: CallsChartProps) {
  const top = axisTop(Math.max(0, ...bars.map(({ succeeded, refused }) => succeeded + refused)));
  const rows = bars.map(({ label, succeeded, refused, href }) => {
    return { label, href, counts: [succeeded, refused] };
  });
  const columns = bars.map((bar, at) => (
    <Column key={bar.label} bar={bar} x={at * SLOT + (SLOT - BAR) / 2} top={top} />
  ));
  return (
    <BarChart title={title} top={top} ticks={ticks} series={SERIES} unit={unit} rows={rows}>
      {brush ? brush(columns) : columns}
    </BarChart>
  );
}

function Column({ bar, x, top }: { bar: Bar; x: number; top: number }) {
  const succeeded = (bar.succeeded / top) * HEIGHT;
  const refused = (bar.refused / top) * HEIGHT;
  const gap = bar.succeeded > 0 && bar.refused > 0 ? GAP : 0;
  const refusedHeight = bar.refused > 0 ? Math.max(refused - gap, 1) : 0;
  const text = `${bar.label}: ${formatCount(bar.succeeded)} succeeded, ${formatCount(bar.refused)} refused or failed`;
  return (
    <g>
      <title>{text}</title>
      <rect
        x={x - (SLOT - BAR) / 2}
        y={0}
        width={SLOT}
        height={HEIGHT}
        className="fill-transparent"
      />
      <rect
        x={x}
        y={HEIGHT - succeeded}
        width={BAR}
        height={succeeded}
        rx={1.5}
        className="fill-accent opacity-85"
      />
      <rect
        x={x}
        y={HEIGHT - succeeded - gap - refusedHeight}
        width={BAR}
        height={refusedHeight}
        rx={0.75}
        className="fill-danger"
      />
    </g>
  );
}
