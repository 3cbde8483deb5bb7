import { axisTop } from "@/components/api-keys/details/chart-scale";
import type { CampaignHour } from "@/lib/campaigns/report";
import { formatCount, shortCount } from "@/lib/format/number";
import { barsOf, type ReportBar } from "./report-bars";

const SLOT = 20;
const BAR = 7;
const HEIGHT = 100;
const TITLE = "Opens and clicks over time, in UTC";

/** Opens and clicks over time, drawn on the server; the same figures stand in a table below. */
export function ReportChart({ hours }: { hours: readonly CampaignHour[] }) {
  const { unit, bars } = barsOf(hours);
  if (bars.length === 0) {
    return <p className="text-ink-2 text-sm">Opens and clicks show here, hour by hour.</p>;
  }
  const top = axisTop(Math.max(0, ...bars.flatMap(({ opens, clicks }) => [opens, clicks])));
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
          aria-label={TITLE}
          viewBox={`0 0 ${bars.length * SLOT} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="my-[5px] h-[102px] w-full overflow-visible"
        >
          <Grid width={bars.length * SLOT} />
          {bars.map((bar, at) => (
            <Columns key={bar.label} bar={bar} x={at * SLOT + SLOT / 2} top={top} />
          ))}
        </svg>
        <span />
        <div aria-hidden className="flex justify-between gap-2 pt-1">
          <span>{bars[0]?.label}</span>
          <span>{bars.at(-1)?.label}</span>
        </div>
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs">
        <Legend className="bg-accent">Opens</Legend>
        <Legend className="bg-info">Clicks</Legend>
      </figcaption>
      <Figures bars={bars} unit={unit} />
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

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-[2px] ${className}`} />
      {children}
    </span>
  );
}

function Figures({ bars, unit }: { bars: readonly ReportBar[]; unit: string }) {
  return (
    <details className="mt-2 text-xs">
      <summary className="inline-block cursor-pointer rounded-xs text-ink-2 hover:text-ink max-md:py-2">
        Show as a table
      </summary>
      <section
        aria-label={TITLE}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="mt-2 max-h-64 overflow-y-auto rounded-md border border-line"
      >
        <table className="w-full border-collapse">
          <thead className="sticky top-0 bg-bg-subtle text-left text-ink-3">
            <tr>
              <th scope="col" className="px-3 py-1.5 font-medium">
                {unit} (UTC)
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Opens
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-medium">
                Clicks
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, opens, clicks }) => (
              <tr key={label} className="border-line border-t">
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  {label}
                </th>
                <td className="px-3 py-1 text-right tabular-nums">{formatCount(opens)}</td>
                <td className="px-3 py-1 text-right tabular-nums">{formatCount(clicks)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
