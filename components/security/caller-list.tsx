import { Time } from "@/components/ui/time";
import type { FactsOf } from "@/lib/access/findings/kind/facts";

/** Callers from new networks: the IP address, the program, and when it first called. */
export function CallerList({ callers }: { callers: FactsOf<"new_network">["callers"] }) {
  return (
    <ul className="grid gap-1 text-sm">
      {callers.map(({ network, address, program, firstAt }) => (
        <li key={network} className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">{address}</span>
          <span className="wrap-anywhere">{program || "No name"}</span>
          <span className="text-ink-2">
            <Time at={firstAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
