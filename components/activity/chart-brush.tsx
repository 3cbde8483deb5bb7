"use client";

import { useRouter } from "next/navigation";
import { type PointerEvent, type ReactNode, useState } from "react";
import { HEIGHT, SLOT } from "@/components/ui/bar-chart";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";

type ChartBrushProps = {
  query: ActivityQuery;
  /** The start of the first bar, in milliseconds since 1970. */
  firstMs: number;
  barMs: number;
  count: number;
  children: ReactNode;
};

/** The places of the first bar chosen and of the one that the pointer is over. */
type Span = { from: number; to: number };

/** Narrows the list to a bar that is clicked, or to the bars that the pointer is dragged over. */
export function ChartBrush({ query, firstMs, barMs, count, children }: ChartBrushProps) {
  const router = useRouter();
  const [span, setSpan] = useState<Span | null>(null);

  function placeAt({ currentTarget, clientX }: PointerEvent<SVGGElement>): number {
    const box = currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!box) return 0;
    const place = Math.floor(((clientX - box.left) / box.width) * count);
    return Math.min(Math.max(place, 0), count - 1);
  }

  function begin(event: PointerEvent<SVGGElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeAt(event);
    setSpan({ from: place, to: place });
  }

  function choose() {
    if (!span) return;
    setSpan(null);
    const [first, last] = [Math.min(span.from, span.to), Math.max(span.from, span.to)];
    const from = new Date(firstMs + first * barMs);
    const to = new Date(firstMs + (last + 1) * barMs);
    router.push(activityList.url({ ...activityList.filterOf(query), range: undefined, from, to }), {
      scroll: false,
    });
  }

  return (
    <g
      className="cursor-pointer touch-pan-y select-none"
      onPointerDown={begin}
      onPointerMove={(event) => span && setSpan({ ...span, to: placeAt(event) })}
      onPointerUp={choose}
      onPointerCancel={() => setSpan(null)}
    >
      {children}
      {span && (
        <rect
          x={Math.min(span.from, span.to) * SLOT}
          y={0}
          width={(Math.abs(span.to - span.from) + 1) * SLOT}
          height={HEIGHT}
          className="pointer-events-none fill-accent/15 stroke-accent"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </g>
  );
}
