import type { MouseEvent } from "react";
import { cn } from "@/components/ui/class-names";
import { Td, Th } from "@/components/ui/table";
import type { ActivityRow } from "@/lib/activity/schema";
import { exactInstant, timeOfDay } from "./clock-time";
import { StatusChip } from "./status-chip";
import { type Clock, useClock } from "./use-clock";

type RequestListProps = {
  rows: readonly ActivityRow[];
  now: Date;
  openedId: string | null;
  onOpen: (id: string) => void;
};

/** The calls, one a row; on phones one a card. */
export function RequestList({ rows, now, openedId, onOpen }: RequestListProps) {
  const [clock] = useClock();
  return (
    <section
      aria-label="Requests"
      className="min-w-0 self-start group-has-data-pending/list:opacity-60 md:overflow-x-auto md:rounded-lg md:border md:border-line md:bg-surface"
    >
      <table className="w-full border-collapse text-sm max-md:block">
        <thead className="max-md:sr-only">
          <tr className="border-line border-b">
            <Th>Time ({clock === "utc" ? "UTC" : "local"})</Th>
            <Th>Status</Th>
            <Th>Request</Th>
            <Th>Key</Th>
            <Th>From</Th>
            <Th className="text-right">Took</Th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {rows.map((row) => (
            <RequestRow
              key={row.id}
              row={row}
              now={now}
              clock={clock}
              isOpen={row.id === openedId}
              isNarrow={openedId !== null}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RequestRowProps = {
  row: ActivityRow;
  now: Date;
  clock: Clock;
  isOpen: boolean;
  /** Whether the panel beside the list takes a part of its width. */
  isNarrow: boolean;
  onOpen: (id: string) => void;
};

const CARD =
  "max-md:mb-2 max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:rounded-lg max-md:border max-md:p-3";
const CELL =
  "h-[38px] whitespace-nowrap py-0 max-md:h-auto max-md:p-0 max-md:first:pl-0 max-md:last:pr-0";

function RequestRow({ row, now, clock, isOpen, isNarrow, onOpen }: RequestRowProps) {
  const at = new Date(row.at);
  return (
    <tr
      className={cn(
        "relative border-line border-b last:border-b-0 hover:bg-bg-subtle",
        CARD,
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Td className={cn(CELL, "font-mono text-ink-2 text-xs max-md:order-3")}>
        <time
          dateTime={row.at}
          title={`${exactInstant(at, "utc")}\n${exactInstant(at, "local")}`}
          suppressHydrationWarning
          className="relative z-1"
        >
          {timeOfDay(at, now, clock)}
        </time>
      </Td>
      <Td className={cn(CELL, "max-md:order-1")}>
        <StatusChip status={row.status} />
      </Td>
      <Td
        className={cn(
          CELL,
          "w-full max-w-0 font-mono text-xs max-md:order-2 max-md:w-auto max-md:max-w-none",
        )}
      >
        <a
          href={`?request=${row.id}`}
          data-row-link
          data-request={row.id}
          aria-current={isOpen ? "true" : undefined}
          onClick={(event) => openHere(event, () => onOpen(row.id))}
          className="flex gap-3 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2 max-md:gap-2"
        >
          <span className="w-[42px] shrink-0 text-ink-2 max-md:w-auto">{row.method}</span>
          <span className="truncate">{row.path}</span>
        </a>
      </Td>
      <Td className={cn(CELL, "max-md:order-4 max-md:col-span-2 max-md:min-w-0")}>
        <bdi className={cn("block truncate", isNarrow ? "max-w-32" : "max-w-48")}>
          {row.keyName}
        </bdi>
      </Td>
      <Td
        className={cn(
          CELL,
          "font-mono text-ink-2 text-xs max-md:order-6 max-md:col-span-3 max-md:whitespace-normal max-md:break-all",
        )}
      >
        {row.address}
      </Td>
      <Td className={cn(CELL, "text-right text-ink-2 tabular-nums max-md:order-5")}>
        {row.durationMs} ms
      </Td>
    </tr>
  );
}

/** A plain click opens the panel here; one with a modifier opens a tab, as with any link. */
function openHere(event: MouseEvent, open: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
}
