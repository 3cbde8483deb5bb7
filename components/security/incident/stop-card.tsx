import {
  CallerList,
  KeyStakes,
  plainTime,
  type Stakes,
} from "@/components/api-keys/dialogs/key-stakes";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { RefusedCaller } from "@/lib/access/activity/reading/callers/refused-callers";
import type { Caller } from "@/lib/access/activity/reading/usage";
import { FREEZE_HOURS } from "@/lib/access/api-keys/key/limits";
import { freezeEnd, type KeyStatus } from "@/lib/access/api-keys/key/status";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { countOf } from "@/lib/platform/format/number";
import { longInstant } from "@/lib/platform/format/time";
import { RefusedCallers } from "./refused-callers";
import { StopButtons } from "./stop-buttons";

type StopCardProps = {
  incident: ShownIncident;
  status: KeyStatus;
  stakes: Stakes;
  lastMonth: readonly Caller[];
  refused: readonly RefusedCaller[];
};

/**
 * Stops a leaked key, after saying whom that stops. For a stopped key, it says since when it is stopped and who still
 * calls.
 */
export function StopCard({ incident, status, stakes, lastMonth, refused }: StopCardProps) {
  const { stop, canAct, key } = incident;
  const buttons = canAct && stop?.how !== "revoked" && (
    <StopButtons incidentId={incident.id} keyId={key.id} isFrozen={stop?.how === "frozen"} />
  );
  if (stop) {
    return (
      <>
        <Card>
          <CardHeader title="Stopped" />
          <CardBody className="grid gap-4 text-sm">
            <Stopped stop={stop} />
            {buttons}
          </CardBody>
        </Card>
        <RefusedCallers refused={refused} />
      </>
    );
  }
  return (
    <Card>
      <CardHeader title="Stop it" />
      <CardBody className="grid gap-4 text-sm">
        {status === "paused" && (
          <Notice tone="warn">
            The key is paused: calls are refused until somebody resumes it. Freeze or revoke it, so
            that nobody does by mistake.
          </Notice>
        )}
        <p>
          <strong className="font-semibold">Freeze</strong> while you find out: every call is
          refused at once, and you can undo it for {FREEZE_HOURS} hours. Then the key is revoked.{" "}
          <strong className="font-semibold">Revoke</strong> when you are sure: a key that leaked
          never works again.
        </p>
        <KeyStakes stakes={stakes} />
        <LastMonth callers={lastMonth} lastDay={stakes.lastDay} />
        {buttons}
      </CardBody>
    </Card>
  );
}

function Stopped({ stop: { how, at } }: { stop: NonNullable<ShownIncident["stop"]> }) {
  if (how === "frozen") {
    return (
      <p>
        Frozen <Time at={at} />: every call is refused. Unless somebody unfreezes it, the key is
        revoked on {longInstant(freezeEnd(at))}.
      </p>
    );
  }
  return (
    <p>
      {how === "revoked" ? "Revoked" : "Expired"} <Time at={at} />: every call is refused.{" "}
      {how === "revoked"
        ? "A key that leaked can't be brought back."
        : "Revoke it, so that nobody gives it a later expiry."}
    </p>
  );
}

type LastMonthProps = { callers: readonly Caller[]; lastDay: readonly Caller[] };

/** The programs that call less often than once a day. They would be stopped too. */
function LastMonth({ callers, lastDay }: LastMonthProps) {
  const today = new Set(lastDay.map(programOf));
  const others = callers.filter((caller) => !today.has(programOf(caller)));
  if (others.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-2">
        {countOf(others.length, "more caller")} in the last 30 days
      </summary>
      <CallerList callers={others} time={plainTime} />
    </details>
  );
}

function programOf({ address, userAgent }: Caller): string {
  return `${address} ${userAgent}`;
}
