import type { ReactNode } from "react";
import { formatCount, shortCount } from "@/lib/platform/format/number";
import { DisclosureSummary } from "./disclosure-summary";
import { Link } from "./link";

/** How wide the place of one bar is, and how high the drawing, in its own units. */
export const SLOT = 20;
export const HEIGHT = 100;

type BarChartProps = {
  /** The content of the chart, for those who don't see it. */
  title: string;
  /** The value at the upper edge. */
  top: number;
  /** The labels below the bars, from left to right. */
  ticks: readonly string[];
  /** The kinds of bars, told apart by colour. */
  series: readonly { name: string; swatch: string }[];
  /** The span of one bar: "Day" or "Hour". */
  unit: string;
  /** The figures behind each bar, in the order of the series, oldest first. */
  rows: readonly Row[];
  /** The bars, drawn into a place of `SLOT` each. */
  children: ReactNode;
};

/** `href` leads to what the bar counts. */
type Row = { label: string; counts: readonly number[]; href?: string | undefined };

/** Counts over time as bars, drawn on the server; the same figures stand in a table below. */
export function BarChart(props: BarChartProps) {
  const { title, top, ticks, series, unit, rows, children } = props;
  const width = rows.length * SLOT;
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
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="my-[5px] h-[102px] w-full overflow-visible"
        >
          <Grid width={width} />
          {children}
        </svg>
        <span />
        <div
          aria-hidden
          className="flex justify-between gap-2 break-normal pt-1 [&>:last-child]:text-right"
        >
          {ticks.map((tick) => (
            <span key={tick}>{tick}</span>
          ))}
        </div>
      </div>
      <figcaption className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs">
        {series.map(({ name, swatch }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-[2px] ${swatch}`} />
            {name}
          </span>
        ))}
      </figcaption>
      <Figures title={title} unit={unit} names={series.map(({ name }) => name)} rows={rows} />
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

type FiguresProps = {
  title: string;
  unit: string;
  names: readonly string[];
  rows: readonly Row[];
};

function Figures({ title, unit, names, rows }: FiguresProps) {
  return (
    <details className="group mt-2 text-xs">
      <DisclosureSummary>Show as a table</DisclosureSummary>
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="mt-2 max-h-64 overflow-y-auto rounded-md border border-line"
      >
        <table className="w-full border-collapse">
          <thead className="sticky top-0 bg-bg-subtle text-left text-ink-3">
            <tr>
              <th scope="col" className="px-3 py-1.5 font-medium">
                {unit}
              </th>
              {names.map((name) => (
                <th key={name} scope="col" className="px-3 py-1.5 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, counts, href }) => (
              <tr key={label} className="border-line border-t">
                <th scope="row" className="px-3 py-1 text-left font-normal">
                  {href ? (
                    <Link href={href} className="underline underline-offset-3">
                      {label}
                    </Link>
                  ) : (
                    label
                  )}
                </th>
                {names.map((name, at) => (
                  <td key={name} className="px-3 py-1 text-right tabular-nums">
                    {formatCount(counts[at] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
