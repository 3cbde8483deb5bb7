import type { Excess } from "@/lib/access/findings/kind/unusual-facts";
import { formatCount } from "@/lib/platform/format/number";

/** The routes with the largest counts of an unusual hour, each with its count. */
export function RouteCounts({ routes }: { routes: Excess["routes"] }) {
  return (
    <ul className="grid gap-1 text-sm">
      {routes.map(({ method, route, count }) => (
        <li key={`${method} ${route}`} className="flex min-w-0 items-baseline gap-3">
          <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">
            {route ? `${method} ${route}` : "Other paths"}
          </span>
          <span className="text-ink-2">{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  );
}
