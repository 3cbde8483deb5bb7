import { BarChart, HEIGHT, SLOT } from "@/components/ui/bar-chart";
import { axisTop } from "@/components/ui/chart-scale";
import type { CallsSince, DamageBar } from "@/lib/access/damage/reading/calls-since";
import { formatCount } from "@/lib/platform/format/number";

const BAR = 14;
const GAP = 1.5;

/** The calls since an instant, with those of unknown callers on top of those of known ones. */
export function DamageChart({ did }: { did: CallsSince }) {
  const { bars } = did;
  const top = axisTop(Math.max(0, ...bars.map(({ known, unknown }) => known + unknown)));
  const ticks = [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)];
  return (
    <BarChart
      title={inWords(did)}
      top={top}
      ticks={[...new Set(ticks.map((bar) => (bar ? readable(bar) : "")))]}
      series={[
        { name: "known callers", swatch: "bg-accent opacity-55" },
        { name: unknownName(did), swatch: "bg-danger" },
      ]}
      unit="From (UTC)"
      rows={bars.map((bar) => ({ label: readable(bar), counts: [bar.known, bar.unknown] }))}
    >
      {bars.map((bar, at) => (
        <Column key={bar.from} bar={bar} x={at * SLOT + (SLOT - BAR) / 2} top={top} />
      ))}
    </BarChart>
  );
}

type ColumnProps = { bar: DamageBar; x: number; top: number };

function Column({ bar, x, top }: ColumnProps) {
  const known = (bar.known / top) * HEIGHT;
  const gap = bar.known > 0 && bar.unknown > 0 ? GAP : 0;
  const unknown = bar.unknown > 0 ? Math.max((bar.unknown / top) * HEIGHT - gap, 1) : 0;
  return (
    <g>
      <title>{`${readable(bar)} UTC: ${formatCount(bar.known)} by known callers, ${formatCount(bar.unknown)} by unknown ones`}</title>
      <rect x={x} y={0} width={BAR} height={HEIGHT} className="fill-transparent" />
      <rect
        x={x}
        y={HEIGHT - known}
        width={BAR}
        height={known}
        className="fill-accent opacity-55"
      />
      <rect
        x={x}
        y={HEIGHT - known - gap - unknown}
        width={BAR}
        height={unknown}
        className="fill-danger"
      />
    </g>
  );
}

/** The only unknown caller by its address, or all of them by their number. */
function unknownName({ callers, unknownCount }: CallsSince): string {
  if (unknownCount === 0) return "unknown callers: none";
  if (unknownCount > 1) return `${formatCount(unknownCount)} unknown callers`;
  return `${callers[0]?.address}, not known before`;
}

function inWords({ totals, bars }: CallsSince): string {
  const [first] = bars;
  const since = first ? readable(first) : "";
  return `Calls since ${since} UTC: ${formatCount(totals.calls)}, of which ${formatCount(totals.unknownCalls)} by unknown callers.`;
}

function readable({ from }: DamageBar): string {
  return `${from.slice(0, 10)} ${from.slice(11, 16)}`;
}
