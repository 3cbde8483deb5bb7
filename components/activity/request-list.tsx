import { Fragment, type MouseEvent } from "react";
import { cn } from "@/components/ui/class-names";
import { ROW_LINK, Td, Th } from "@/components/ui/table";
import type { ActivityQuery, ActivityRow } from "@/lib/access/activity/schema";
import { requestUrl } from "./activity-url";
import { dayHeading, dayOf, exactInstant, secondOf } from "./clock-time";
import { moreLikeThis } from "./more-like-this";
import { StatusChip } from "./status-chip";
import { type Clock, useClock } from "./use-clock";

type RequestListProps = {
  rows: readonly ActivityRow[];
  query: ActivityQuery;
  now: Date;
  openedId: string | null;
  onOpen: (id: string) => void;
};

/** The calls as rows; as cards where the list is narrow, on a phone or beside a panel. */
export function RequestList({ rows, query, now, openedId, onOpen }: RequestListProps) {
  const [clock] = useClock();
  return (
    <section
      aria-label="Requests"
      className="@container min-w-0 self-start group-has-data-pending/list:opacity-60"
    >
      <div className="@xl:overflow-x-auto @xl:rounded-lg @xl:border @xl:border-line @xl:bg-surface">
        <table className="w-full border-collapse text-sm @max-xl:block">
          <thead className="@max-xl:sr-only">
            <tr className="border-line border-b">
              <Th>Time ({clock === "utc" ? "UTC" : "local"})</Th>
              <Th>Status</Th>
              <Th>Request</Th>
              <Th>Key</Th>
              <Th className={FROM}>From</Th>
              <Th className="text-right">Took</Th>
            </tr>
          </thead>
          <tbody className="@max-xl:block">
            {rows.map((row, place) => (
              <Fragment key={row.id}>
                {isFirstOfDay(rows, place, clock) && (
                  <DayRow day={dayHeading(new Date(row.at), now, clock)} />
                )}
                <RequestRow
                  row={row}
                  address={requestUrl(query, row.id)}
                  clock={clock}
                  isOpen={row.id === openedId}
                  onOpen={onOpen}
                />
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function isFirstOfDay(rows: readonly ActivityRow[], place: number, clock: Clock): boolean {
  const [row, before] = [rows[place], rows[place - 1]];
  if (!row || !before) return true;
  return dayOf(new Date(row.at), clock) !== dayOf(new Date(before.at), clock);
}

/** Stands above the calls of a day. */
function DayRow({ day }: { day: string }) {
  return (
    <tr className="border-line border-b bg-bg-subtle @max-xl:block @max-xl:border-0 @max-xl:bg-transparent">
      <th
        colSpan={6}
        scope="rowgroup"
        suppressHydrationWarning
        className="px-4 py-1.5 text-left font-medium text-ink-3 text-xs @max-xl:block @max-xl:px-0"
      >
        {day}
      </th>
    </tr>
  );
}

type RequestRowProps = {
  row: ActivityRow;
  /** Where it is open, with the same filters. */
  address: string;
  clock: Clock;
  isOpen: boolean;
  onOpen: (id: string) => void;
};

const CARD =
  "@max-xl:mb-2 @max-xl:grid @max-xl:grid-cols-[auto_minmax(0,1fr)_auto] @max-xl:items-center @max-xl:gap-x-3 @max-xl:gap-y-1 @max-xl:rounded-lg @max-xl:border @max-xl:p-3";
const CELL =
  "h-[38px] whitespace-nowrap py-0 @max-xl:h-auto @max-xl:p-0 @max-xl:first:pl-0 @max-xl:last:pr-0";
/** The IP address goes first where a row has no room for everything. */
const FROM = "@max-[45rem]:hidden @max-xl:block";

function RequestRow({ row, address, clock, isOpen, onOpen }: RequestRowProps) {
  const at = new Date(row.at);
  return (
    <tr
      className={cn(
        "relative border-line border-b last:border-b-0 hover:bg-bg-subtle",
        CARD,
        isOpen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Td className={cn(CELL, "font-mono text-ink-2 text-xs @max-xl:order-3")}>
        <time
          dateTime={row.at}
          title={`${exactInstant(at, "utc")}\n${exactInstant(at, "local")}`}
          suppressHydrationWarning
          className="relative z-1"
        >
          {secondOf(at, clock)}
        </time>
      </Td>
      <Td className={cn(CELL, "@max-xl:order-1")}>
        <StatusChip status={row.status} />
      </Td>
      <Td
        className={cn(
          CELL,
          "w-full min-w-40 max-w-0 font-mono text-xs @max-xl:order-2 @max-xl:w-auto @max-xl:min-w-0 @max-xl:max-w-none",
        )}
      >
        <a
          href={address}
          data-row-link
          data-request={row.id}
          aria-current={isOpen ? "true" : undefined}
          onClick={(event) => openHere(event, () => onOpen(row.id))}
          className={cn(ROW_LINK, "flex gap-3 @max-xl:gap-2")}
        >
          <span className="w-[42px] shrink-0 text-ink-2 @max-xl:w-auto">{row.method}</span>
          <span className="truncate" title={row.path}>
            {row.path}
          </span>
          {row.repeats > 0 && (
            <span className="shrink-0 font-sans text-ink-2">{moreLikeThis(row.repeats)}</span>
          )}
        </a>
      </Td>
      <Td className={cn(CELL, "@max-xl:order-4 @max-xl:col-span-2 @max-xl:min-w-0")}>
        <bdi
          title={row.keyName}
          className="block max-w-48 truncate @max-3xl:max-w-32 @max-xl:max-w-none"
        >
          {row.keyName}
        </bdi>
      </Td>
      <Td
        className={cn(
          CELL,
          FROM,
          "font-mono text-ink-2 text-xs @max-xl:order-6 @max-xl:col-span-3 @max-xl:whitespace-normal @max-xl:break-all",
        )}
      >
        <span title={row.address} className="block truncate @xl:max-w-36">
          {row.address}
        </span>
      </Td>
      <Td className={cn(CELL, "text-right text-ink-2 tabular-nums @max-xl:order-5")}>
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
