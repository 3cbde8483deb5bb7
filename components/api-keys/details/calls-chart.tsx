import { formatCount, shortCount } from "@/lib/format/number";
import { axisTop } from "./chart-scale";

/** The calls of one day or hour. `label` says which, in full. */
export type Bar = { label: string; succeeded: number; refused: number };

type CallsChartProps = {
  /** Oldest first. */
  bars: readonly Bar[];
  /** What the chart shows, for those who don't see it. */
  title: string;
  /** What stands below the first, the middle and the last bar. */
  ticks: readonly [string, string, string];
  /** What a bar is: "Day" or "Hour". */
  unit: string;
};

const SLOT = 20;
const BAR = 12;
const HEIGHT = 100;
const GAP = 1.5;

/** Calls over time as bars, drawn on the server; the same figures stand in a table below. */
export function CallsChart({ bars, title, ticks, unit }: CallsChartProps) {
  const top = axisTop(Math.max(0, ...bars.map(({ succeeded, refused }) => succeeded + refused)));
  return (
    <figure>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-ink-2 text-xs">
        <div
          aria-hidden
          className="flex h-[112px] flex-col justify-between text-right leading-none"
        >
          {[top, top / 2, 0].map((value) => (
            <span key={value}>{shortCount(value)}</span>
          ))}
        </div>
        <svg
          role="img"
          aria-label={title}
          viewBox={`0 0 ${bars.length * SLOT} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="my-[5px] h-[102px] w-full overflow-visible"
        >
          <Grid width={bars.length * SLOT} />
          {bars.map((bar, at) => (
            <Column key={bar.label} bar={bar} x={at * SLOT + (SLOT - BAR) / 2} top={top} />
          ))}
        </svg>
        <span />
        <div aria-hidden className="flex justify-between pt-1">
          {ticks.map((tick) => (
            <span key={tick}>{tick}</span>
          ))}
        </div>
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs">
        <Legend className="bg-accent">Succeeded</Legend>
        <Legend className="bg-danger">Refused or failed</Legend>
      </figcaption>
      <Figures bars={bars} title={title} unit={unit} />
    </figure>
  );
}

function Grid({ width }: { width: number }) {
  return [0, HEIGHT / 2, HEIGHT].map((y) => (
    <line
      key={y}
      x1={0}
      x2={width}
      y1={y}
      y2={y}
      vectorEffect="non-scaling-stroke"
      className="stroke-line"
    />
  ));
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
      <rect x={x} y={0} width={BAR} height={HEIGHT} className="fill-transparent" />
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

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-[2px] ${className}`} />
      {children}
    </span>
  );
}

function Figures({ bars, title, unit }: { bars: readonly Bar[]; title: string; unit: string }) {
  return (
    <details className="mt-2 text-xs">
      <summary className="inline-block cursor-pointer rounded-xs text-ink-2 hover:text-ink max-md:py-2">
        Show as a table
      </summary>
      <div className="mt-2 max-h-64 overflow-y-auto rounded-md border border-line">
        <table aria-label={title} className="w-full border-collapse">
          <thead className="sticky top-0 bg-bg-subtle text-left text-ink-3">
            <tr>
              <th scope="col" className="px-3 py-1.5 font-medium">
                {unit}
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Succeeded
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Refused or failed
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, succeeded, refused }) => (
              <tr key={label} className="border-line border-t">
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  {label}
                </th>
                <td className="px-3 py-1 text-right">{formatCount(succeeded)}</td>
                <td className="px-3 py-1 text-right">{formatCount(refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
