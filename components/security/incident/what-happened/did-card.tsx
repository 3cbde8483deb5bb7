import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { CallsSince } from "@/lib/access/damage/reading/calls-since";
import type { Waiting } from "@/lib/access/damage/reading/waiting";
import { countedUpTo } from "@/lib/access/damage/reading/words";
import { COUNTED_MAX } from "@/lib/access/damage/terms/limits";
import { formatCount } from "@/lib/platform/format/number";
import { exactUtc } from "@/lib/platform/format/time";
import { DamageChart } from "./damage-chart";
import { SinceControl, type SinceControlProps } from "./since-control";

type DidCardProps = { did: CallsSince; waiting: Waiting; since: SinceControlProps };

/** The calls of a key since an instant and what they changed, in numbers and over time. */
export function DidCard({ did, waiting, since }: DidCardProps) {
  const { calls, unknownCalls, contactsRead, contactsChanged, recipients } = did.totals;
  const unknown = unknownCalls > 0 ? `, ${formatCount(unknownCalls)} from unknown callers` : "";
  return (
    <Card>
      <CardHeader title="What it did">
        <SinceControl {...since} />
      </CardHeader>
      <CardBody className="grid gap-4">
        <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
          <Figure count={formatCount(calls)}>calls{unknown}</Figure>
          <Figure count={formatCount(contactsRead)}>contacts read</Figure>
          <Figure count={formatCount(contactsChanged)} isBad={contactsChanged > 0}>
            contacts changed
          </Figure>
          <Figure count={formatCount(recipients)} isBad={recipients > 0}>
            recipients of emails{stillWaiting(waiting)}
          </Figure>
        </dl>
        {calls > 0 ? (
          <DamageChart did={did} />
        ) : (
          <p className="text-ink-2 text-sm">The key was not called since then.</p>
        )}
        {did.lookedBackTo && (
          <p className="text-ink-2 text-xs">
            These are its newest calls, back to {exactUtc(did.lookedBackTo)}. Choose a later time to
            see all of them.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

type FigureProps = { count: string; isBad?: boolean; children: ReactNode };

function Figure({ count, isBad = false, children }: FigureProps) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-ink-2 text-xs">{children}</dt>
      <dd className={cn("font-semibold text-lg tabular-nums", isBad && "text-danger")}>{count}</dd>
    </div>
  );
}

function stillWaiting({ emails }: Waiting): string {
  if (emails === 0) return "";
  return `, ${countedUpTo(emails, COUNTED_MAX)} ${emails === 1 ? "email" : "emails"} still waiting`;
}
