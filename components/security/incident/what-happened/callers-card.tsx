import { CircleCheck, TriangleAlert } from "lucide-react";
import { activityList } from "@/components/activity/activity-url";
import { Pill } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ActionsTh, Td, Th, Tr } from "@/components/ui/table";
import type { CallerCalls } from "@/lib/access/activity/reading/callers/calls-by-caller";
import type { CallsSince } from "@/lib/access/damage/reading/calls-since";
import { deedsOf, knownInWords, knownRule } from "@/lib/access/damage/reading/words";
import { formatCount } from "@/lib/platform/format/number";

type CallersCardProps = { did: CallsSince; keyId: string; since: Date };

/** The callers of a key since an instant, unknown callers first, each with what it did. */
export function CallersCard({ did, keyId, since }: CallersCardProps) {
  const { callers, callerCount } = did;
  return (
    <Card>
      <CardHeader title="Callers" />
      {callers.length === 0 ? (
        <p className="p-4 text-ink-2 text-sm">Nobody called with this key since then.</p>
      ) : (
        <section aria-label="Callers" className="relative overflow-x-auto">
          <table className="w-full border-collapse text-sm">
            <thead>
              <tr>
                <Th>Caller</Th>
                <Th>Program</Th>
                <Th>What it did</Th>
                <Th className="text-right">Calls</Th>
                <ActionsTh />
              </tr>
            </thead>
            <tbody>
              {callers.map((caller) => (
                <CallerRow
                  key={caller.address}
                  caller={caller}
                  href={activityList.url({ key: keyId, address: caller.address, from: since })}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {callers.length > 0 && (
        <p className="border-line border-t px-4 py-2.5 text-ink-2 text-xs">
          {callerCount > callers.length &&
            `${formatCount(callers.length)} of ${formatCount(callerCount)} callers: unknown ones first, then the busiest. `}
          {knownRule("the chosen time")}
        </p>
      )}
    </Card>
  );
}

function CallerRow({ caller, href }: { caller: CallerCalls; href: string }) {
  const isKnown = caller.knownDays !== null;
  return (
    <Tr className="[&>td]:align-top">
      <Td>
        <span className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-xs">{caller.address}</code>
          <Pill tone={isKnown ? "ok" : "bad"} icon={isKnown ? CircleCheck : TriangleAlert}>
            {knownInWords(caller)}
          </Pill>
        </span>
      </Td>
      <Td className="wrap-anywhere min-w-32 font-mono text-xs">
        {caller.userAgent || "not named"}
      </Td>
      <Td className="min-w-44">{deedsOf(caller)}</Td>
      <Td className="text-right tabular-nums">{formatCount(caller.calls)}</Td>
      <Td className="text-right">
        <Link
          href={href}
          aria-label={`Requests of ${caller.address}`}
          className="whitespace-nowrap text-accent hover:underline"
        >
          Requests
        </Link>
      </Td>
    </Tr>
  );
}
