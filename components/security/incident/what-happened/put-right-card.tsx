import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import {
  changedInWords,
  changedTitle,
  leftInWords,
  waitingInWords,
  waitingTitle,
} from "@/lib/access/damage/putting-right/words";
import type { CallsSince } from "@/lib/access/damage/reading/calls-since";
import type { ChangedCounts } from "@/lib/access/damage/reading/count-changed";
import type { Damage } from "@/lib/access/damage/reading/read-damage";
import type { SentDamage } from "@/lib/access/damage/terms/schema";
import { BEFORE_KEPT_DAYS } from "@/lib/mail/contacts/limits";
import { CancelButton } from "./cancel-button";
import { CompareButton } from "./compare-button";
import { RestoreButton } from "./restore-button";

type PutRightCardProps = {
  damage: Damage;
  incidentId: string;
  canAct: boolean;
  works: boolean;
};

/** The deeds of the chosen callers that can be put right: emails that wait, and contacts that were changed. */
export function PutRightCard({ damage, incidentId, canAct, works }: PutRightCardProps) {
  const { waiting, changed, callers, did } = damage;
  const isWaiting = waiting.emails + waiting.campaigns > 0;
  const isChanged = changed.restorable + leftAlone(changed) > 0;
  const isLeft = isWaiting || isChanged;
  const asked = { ...damage.asked, since: damage.asked.since.toISOString() };
  return (
    <Card>
      <CardHeader title="Put right">
        <Choice chosen={callers} did={did} incidentId={incidentId} />
      </CardHeader>
      {works && isLeft && (
        <Notice tone="warn" className="m-4 mb-0">
          The key still works: stop it first, or it can do all of this again.
        </Notice>
      )}
      {isWaiting && (
        <Row
          title={waitingTitle(waiting)}
          actions={canAct && <CancelButton damage={asked} waiting={waiting} />}
        >
          {waitingInWords(waiting, callersInWords(callers))}
        </Row>
      )}
      {(isChanged || changed.restored > 0) && (
        <ChangedRow damage={asked} changed={changed} canAct={canAct} />
      )}
      {!isLeft && changed.restored === 0 && (
        <Row isDone title="Nothing is left to put right">
          No email of {callersInWords(callers)} waits, and no contact was changed. What contacts had
          before is kept for {BEFORE_KEPT_DAYS} days.
        </Row>
      )}
      {!canAct && isLeft && (
        <p className="border-line border-t px-4 py-3 text-ink-2 text-sm">
          Owners and admins can cancel and restore.
        </p>
      )}
    </Card>
  );
}

type ChangedRowProps = { damage: SentDamage; changed: ChangedCounts; canAct: boolean };

function ChangedRow({ damage, changed, canAct }: ChangedRowProps) {
  const canCompare = changed.restorable + leftAlone(changed) > 0;
  return (
    <Row
      isDone={changed.restorable === 0}
      title={changedTitle(changed)}
      actions={
        canCompare && (
          <>
            <CompareButton damage={damage} />
            {canAct && changed.restorable > 0 && (
              <RestoreButton damage={damage} changed={changed} />
            )}
          </>
        )
      }
    >
      {changedInWords(changed)} {leftInWords(changed)}
    </Row>
  );
}

function leftAlone({ changed_since, email_taken, added, deleted }: ChangedCounts): number {
  return changed_since + email_taken + added + deleted;
}

type RowProps = { title: string; isDone?: boolean; actions?: ReactNode; children: ReactNode };

function Row({ title, isDone = false, actions, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3 border-line border-b p-4 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-72 gap-2.5">
        {isDone ? (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        ) : (
          <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-danger" />
        )}
        <div className="wrap-anywhere min-w-0">
          <h3 className="font-semibold text-sm">{title}</h3>
          <p className="mt-0.5 text-ink-2 text-sm">{children}</p>
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

type ChoiceProps = { chosen: string; did: CallsSince; incidentId: string };

/** The choice of callers whose deeds are meant: the unknown ones, all, or a single one. */
function Choice({ chosen, did, incidentId }: ChoiceProps) {
  const options = [
    ...(did.unknownCount > 0 ? [{ value: "unknown", label: "Unknown callers" }] : []),
    { value: "all", label: "All callers" },
    ...(did.callers.length > 1 && did.callers.length <= 5
      ? did.callers.map(({ address }) => ({ value: address, label: address }))
      : []),
  ];
  return (
    <nav aria-label="Whose deeds" className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {options.map(({ value, label }) => (
        <Link
          key={value}
          href={incidentUrl(incidentId, 2, value)}
          scroll={false}
          replace
          {...(value === chosen && { "aria-current": "true" as const })}
          className={cn(
            "text-ink-2 hover:underline",
            value === chosen && "font-medium text-ink underline underline-offset-3",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function callersInWords(callers: string): string {
  if (callers === "unknown") return "unknown callers";
  return callers === "all" ? "this key" : callers;
}
