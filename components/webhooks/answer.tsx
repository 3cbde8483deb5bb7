import { StatusChip } from "@/components/activity/status-chip";
import { Time } from "@/components/ui/time";
import type { Delivery } from "@/lib/access/webhooks/reading/deliveries";

/** What a receiver answered last, and what comes next where that was no success. */
export function Answer({ delivery }: { delivery: Delivery }) {
  const { last, state, dueAt } = delivery;
  if (!last) return <span className="text-ink-2">Waits</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <AnswerChip status={last.status} />
      {state === "waiting" && (
        <span className="whitespace-nowrap text-ink-2 text-xs">
          again in <Time at={dueAt} mode="left" />
        </span>
      )}
      {state === "given_up" && <span className="text-ink-2 text-xs">given up</span>}
    </span>
  );
}

/** A receiver's status. A redirect is no success: it is not followed. */
export function AnswerChip({ status }: { status: number | null }) {
  if (status === null || (status >= 300 && status < 400)) {
    return (
      <span className="inline-block rounded-xs bg-danger-soft px-1.5 font-medium font-mono text-danger text-xs leading-5">
        {status ?? "No answer"}
      </span>
    );
  }
  return <StatusChip status={status} />;
}
