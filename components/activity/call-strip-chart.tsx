import type { CallBar, CallStrip } from "@/lib/access/activity/reading/call-strip";
import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";
import { countOf, formatCount } from "@/lib/platform/format/number";

const HEIGHT = 40;
const BAR_WIDTH = 10;
const GAP = 3;

/**
 * Calls over time as a strip of bars, refused ones in red on top; the same in words for those who cannot see
 * it.
 */
export function CallStripChart({ strip }: { strip: CallStrip }) {
  const { bars, barMs } = strip;
  const most = Math.max(1, ...bars.map(({ succeeded, refused }) => succeeded + refused));
  return (
    <svg
      role="img"
      aria-label={inWords(strip)}
      viewBox={`0 0 ${bars.length * (BAR_WIDTH + GAP) - GAP} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="mb-3 block h-10 w-full"
    >
      {bars.map((bar, at) => (
        <Bar key={bar.from} bar={bar} barMs={barMs} x={at * (BAR_WIDTH + GAP)} most={most} />
      ))}
    </svg>
  );
}

type BarProps = { bar: CallBar; barMs: number; x: number; most: number };

function Bar({ bar, barMs, x, most }: BarProps) {
  const { succeeded, refused } = bar;
  const good = (succeeded / most) * (HEIGHT - 2);
  const bad = refused > 0 ? Math.max(2, (refused / most) * (HEIGHT - 2)) : 0;
  return (
    <g>
      <title>{`${spanOf(bar, barMs)}: ${countOf(succeeded + refused, "call")}, ${formatCount(refused)} refused`}</title>
      <rect x={x} y={0} width={BAR_WIDTH} height={HEIGHT} fill="transparent" />
      <rect x={x} y={HEIGHT - 1} width={BAR_WIDTH} height={1} className="fill-line" />
      <rect
        x={x}
        y={HEIGHT - good}
        width={BAR_WIDTH}
        height={good}
        className="fill-accent opacity-55"
      />
      <rect x={x} y={HEIGHT - good - bad} width={BAR_WIDTH} height={bad} className="fill-danger" />
    </g>
  );
}

function inWords({ bars, barMs }: CallStrip): string {
  const calls = bars.reduce((sum, bar) => sum + bar.succeeded + bar.refused, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.refused, 0);
  const busiest = bars.reduce<CallBar | null>(
    (most, bar) => (totalOf(bar) > (most ? totalOf(most) : 0) ? bar : most),
    null,
  );
  const peak = busiest
    ? ` Busiest: ${spanOf(busiest, barMs)} with ${formatCount(totalOf(busiest))}.`
    : "";
  const length = barMs >= DAY_MS ? `${barMs / DAY_MS} d` : `${barMs / HOUR_MS} h`;
  const since = bars[0] ? readable(bars[0].from) : "";
  return `Calls since ${since} UTC, ${length} a bar: ${formatCount(calls)}, of which ${formatCount(refused)} were refused.${peak}`;
}

function totalOf(bar: CallBar): number {
  return bar.succeeded + bar.refused;
}

function spanOf(bar: CallBar, barMs: number): string {
  const end = new Date(Date.parse(bar.from) + barMs).toISOString();
  return `${readable(bar.from)} to ${barMs >= DAY_MS ? readable(end) : end.slice(11, 16)} UTC`;
}

function readable(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
