"use client";

import { Button } from "@/components/ui/button";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import type { AuditLogEvent } from "@/lib/access/audit-log/event";
import { formatCount } from "@/lib/platform/format/number";
import { Sentence } from "./audit-table";
import { ChangedValue } from "./changed-value";

type EventPanelProps = {
  event: AuditLogEvent;
  /** The list without the panel. */
  closeHref: string;
};

/** Everything about one event, beside the list; on narrow screens instead of it. */
export function EventPanel({ event, closeHref }: EventPanelProps) {
  const title = (
    <span className="font-normal">
      <Sentence event={event} />
    </span>
  );
  return (
    <SidePanel title={title} rowId={event.id} closeHref={closeHref}>
      {event.changes.length > 0 && <Changes changes={event.changes} />}
      <Facts>
        <Fact name="When">
          <Time at={event.at} mode="exact" />
        </Fact>
        <Fact name="Who">
          <bdi>{event.actorName}</bdi>
        </Fact>
        <Fact name="From">
          {event.address ? <code className="font-mono text-xs">{event.address}</code> : "unknown"}
        </Fact>
        <Fact name="Browser">{event.userAgent ?? "unknown"}</Fact>
        <Fact name="Event id">
          <code className="font-mono text-xs">{event.id}</code>
        </Fact>
        <Fact name="Entry">#{formatCount(event.number)}</Fact>
        <Fact name="Hash">
          <code className="font-mono text-xs">{event.hash}</code>
        </Fact>
      </Facts>
      {event.target.type === "key" && (
        <div>
          <Button asChild className="max-w-full">
            <Link href={`/settings/api-keys/${event.target.id}`} title={event.target.name}>
              <span className="truncate">
                Open <bdi>{event.target.name}</bdi>
              </span>
            </Link>
          </Button>
        </div>
      )}
    </SidePanel>
  );
}

function Changes({ changes }: { changes: AuditLogEvent["changes"] }) {
  return (
    <Facts className="rounded-md border border-line bg-bg-subtle p-3">
      {changes.map(({ label, from, to }) => (
        <Fact key={label} name={label}>
          <ChangedValue from={from} to={to} />
        </Fact>
      ))}
    </Facts>
  );
}
