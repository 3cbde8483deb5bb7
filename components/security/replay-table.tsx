import { CircleCheck, CircleX } from "lucide-react";
import type { RouteUse } from "@/lib/access/findings/kind/facts";
import { USE_DAYS } from "@/lib/access/findings/kind/limits";
import { type Replay, replay } from "@/lib/access/findings/kind/replay";
import { formatCount } from "@/lib/platform/format/number";

const SHOWN = 8;

type ReplayTableProps = { routes: readonly RouteUse[]; scopes: readonly string[] };

/** The recorded calls of a key, held against narrower permissions: which would have been refused. */
export function ReplayTable({ routes, scopes }: ReplayTableProps) {
  const outcome = replay(routes, scopes);
  const refused = new Set(outcome.refusedRoutes);
  const shown = [...outcome.refusedRoutes, ...routes.filter((route) => !refused.has(route))];
  return (
    <div className="rounded-md border border-line bg-bg-subtle px-3.5 py-2.5 text-sm">
      <p className="font-medium">{outcomeInWords(outcome)}</p>
      <ul className="mt-1.5 grid gap-1">
        {shown.slice(0, SHOWN).map((route) => (
          <li key={`${route.method} ${route.route}`} className="flex min-w-0 items-center gap-2">
            <Outcome isRefused={refused.has(route)} />
            <span className="min-w-0 flex-1 truncate font-mono text-xs" title={route.route}>
              {route.method} {route.route}
            </span>
            <span className="text-ink-2">{formatCount(route.calls)}</span>
          </li>
        ))}
      </ul>
      {shown.length > SHOWN && (
        <p className="mt-1 text-ink-2 text-xs">and {formatCount(shown.length - SHOWN)} more</p>
      )}
    </div>
  );
}

function outcomeInWords({ calls, refused }: Replay): string {
  const of = `Of ${formatCount(calls)} calls in ${USE_DAYS} days`;
  return refused === 0
    ? `${of}, none would have been refused.`
    : `${of}, ${formatCount(refused)} would have been refused.`;
}

function Outcome({ isRefused }: { isRefused: boolean }) {
  const Icon = isRefused ? CircleX : CircleCheck;
  return (
    <>
      <Icon aria-hidden className={`size-4 shrink-0 ${isRefused ? "text-danger" : "text-ok"}`} />
      <span className="sr-only">{isRefused ? "Refused:" : "Works:"}</span>
    </>
  );
}
