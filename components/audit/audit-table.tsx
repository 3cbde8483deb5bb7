import { Avatar } from "@/components/ui/avatar";
import { Breakable } from "@/components/ui/breakable";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { ROW_LINK, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditLogEvent } from "@/lib/access/audit-log/event";
import type { AuditQuery } from "@/lib/access/audit-log/schema";
import { auditList } from "./audit-url";

type AuditTableProps = { events: readonly AuditLogEvent[]; query: AuditQuery };

/**
 * The events of the log, newest first. A row opens its details beside the list. On a phone, and beside an open
 * panel, the IP addresses are left out to give the sentences room.
 */
export function AuditTable({ events, query }: AuditTableProps) {
  return (
    <div className="@container">
      <Table label="Audit log">
        <thead>
          <Tr>
            <Th>What happened</Th>
            <Th className="@max-lg:hidden">From</Th>
            <Th className="text-right">When</Th>
          </Tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <Tr
              key={event.id}
              className={cn(
                "relative h-[38px] hover:bg-bg-subtle",
                event.id === query.event && "bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <Td className="py-1.5">
                <div className="flex items-center gap-2.5">
                  <Avatar name={event.actorName} />
                  <Link
                    id={event.id}
                    href={auditList.url({ ...query, event: event.id })}
                    scroll={false}
                    replace={query.event !== ""}
                    data-row-link
                    {...(event.id === query.event && { "aria-current": "true" })}
                    className={cn(ROW_LINK, "min-w-0 hover:underline max-md:py-1")}
                  >
                    <Sentence event={event} />
                  </Link>
                </div>
              </Td>
              <Td className="whitespace-nowrap py-1.5 font-mono text-ink-2 text-xs @max-lg:hidden">
                {event.address ?? <span className="font-sans text-ink-3">unknown</span>}
              </Td>
              <Td className="relative py-1.5 text-right text-ink-2">
                <Time at={event.at} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** An event as a sentence: who did what to which. */
export function Sentence({ event }: { event: AuditLogEvent }) {
  const { before, name, after } = event.did;
  return (
    <>
      <bdi className="font-medium">{event.actorName}</bdi> {before}
      {name !== null && (
        <>
          {" "}
          <bdi className="font-medium">
            <Breakable text={name} />
          </bdi>
        </>
      )}
      {after && ` ${after}`}
    </>
  );
}
