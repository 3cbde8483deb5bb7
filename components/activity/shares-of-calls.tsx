import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { Overview } from "@/lib/access/activity/reading/overview";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { reasonInWords } from "@/lib/access/activity/words";
import { formatCount } from "@/lib/platform/format/number";
import { activityList } from "./activity-url";

type SharesOfCallsProps = { overview: Overview; query: ActivityQuery };

/** The calls by what they have in common, the largest shares first. Each share leads to its calls. */
export function SharesOfCalls({ overview, query }: SharesOfCallsProps) {
  const { keys, routes, reasons, callers, calls } = overview;
  if (calls === 0) return null;
  const filter = activityList.filterOf(query);
  const urlWith = (part: Partial<ActivityQuery>) => activityList.url({ ...filter, ...part });
  return (
    <div className="mb-4 grid gap-3 max-md:order-last max-md:mt-4 sm:grid-cols-2 xl:grid-cols-4">
      <Shares title="By key" none="No calls.">
        {keys.map(({ keyId, name, calls }) => (
          <ShareRow key={keyId} href={urlWith({ key: keyId })} calls={calls}>
            <bdi className="truncate">{name}</bdi>
          </ShareRow>
        ))}
      </Shares>
      <Shares title="By route" none="No calls.">
        {routes.map(({ method, route, calls }) => (
          <ShareRow
            key={`${method} ${route}`}
            href={urlWith({ method: method as ActivityQuery["method"], path: route })}
            calls={calls}
          >
            <span className="truncate font-mono text-xs" title={`${method} ${route}`}>
              {method} {route}
            </span>
          </ShareRow>
        ))}
      </Shares>
      <Shares title="By reason" none="Nothing was refused or failed.">
        {reasons.map(({ status, code, calls }) => (
          <ShareRow
            key={`${status} ${code}`}
            href={urlWith({ status: code ?? `${status}` })}
            calls={calls}
          >
            <span className="truncate">{reasonInWords(code, status)}</span>
            <Beside>{status}</Beside>
          </ShareRow>
        ))}
      </Shares>
      <Shares title="By caller" none="No calls.">
        {callers.map(({ address, userAgent, calls }) => (
          <ShareRow
            key={`${address} ${userAgent}`}
            href={urlWith({ address, q: filter.q })}
            calls={calls}
          >
            <span className="shrink-0 max-w-full truncate font-mono text-xs" title={address}>
              {address}
            </span>
            <Beside>{userAgent}</Beside>
          </ShareRow>
        ))}
      </Shares>
    </div>
  );
}

type SharesProps = { title: string; none: string; children: ReactNode[] };

function Shares({ title, none, children }: SharesProps) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-surface">
      <h2 className="border-line border-b px-4 py-2.5 font-semibold text-sm">{title}</h2>
      {children.length === 0 ? (
        <p className="px-4 py-2.5 text-ink-2 text-sm">{none}</p>
      ) : (
        <ul>{children}</ul>
      )}
    </section>
  );
}

type ShareRowProps = { href: string; calls: number; children: ReactNode };

function ShareRow({ href, calls, children }: ShareRowProps) {
  return (
    <li className="border-line border-b last:border-b-0">
      <Link
        href={href}
        scroll={false}
        className="flex min-h-9 items-center gap-2 px-4 py-1.5 text-sm hover:bg-bg-subtle max-md:min-h-10"
      >
        <span className="flex min-w-0 flex-1 items-baseline gap-2">{children}</span>
        <span className="tabular-nums">{formatCount(calls)}</span>
      </Link>
    </li>
  );
}

/** The text after a share's name. It is cut off before the name is. */
function Beside({ children }: { children: ReactNode }) {
  return <span className="min-w-0 truncate text-ink-3 text-xs">{children}</span>;
}
