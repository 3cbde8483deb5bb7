"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { AuditEventView } from "@/lib/audit/query";
import { Sentence } from "./audit-table";

type EventPanelProps = {
  event: AuditEventView;
  /** The list without the panel. */
  closeHref: string;
};

/** Everything about one event, beside the list; on narrow screens in its place. */
export function EventPanel({ event, closeHref }: EventPanelProps) {
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);

  // The focus goes to what was opened, and back to its row when it is closed.
  useEffect(() => {
    heading.current?.focus();
    return () => document.getElementById(event.id)?.focus();
  }, [event.id]);

  useEffect(() => {
    function closeOnEscape(pressed: KeyboardEvent) {
      if (pressed.key !== "Escape" || pressed.defaultPrevented) return;
      router.replace(closeHref, { scroll: false });
    }
    window.addEventListener("keydown", closeOnEscape);
    return () => window.removeEventListener("keydown", closeOnEscape);
  }, [router, closeHref]);

  return (
    <section
      aria-labelledby="event-heading"
      className="rounded-lg border border-line bg-surface text-sm lg:sticky lg:top-6 lg:max-h-[calc(100dvh-48px)] lg:overflow-y-auto"
    >
      <header className="flex items-start gap-2 border-line border-b py-3 pr-2 pl-4">
        <h2
          id="event-heading"
          ref={heading}
          tabIndex={-1}
          className="min-w-0 flex-1 py-1.5 text-base outline-none"
        >
          <Sentence event={event} />
        </h2>
        <Button asChild variant="ghost" size="icon">
          <Link href={closeHref} scroll={false} replace aria-label="Close">
            <X aria-hidden />
          </Link>
        </Button>
      </header>
      <div className="grid gap-4 p-4">
        {event.changes.length > 0 && <Changes changes={event.changes} />}
        <dl className="grid gap-2.5">
          <Fact label="When">
            <Time at={event.at} mode="exact" />
          </Fact>
          <Fact label="Who">
            <bdi>{event.actorName}</bdi>
          </Fact>
          <Fact label="From">
            {event.address ? <code className="font-mono text-xs">{event.address}</code> : "unknown"}
          </Fact>
          <Fact label="Browser">{event.userAgent ?? "unknown"}</Fact>
          <Fact label="Event id">
            <code className="font-mono text-xs">{event.id}</code>
          </Fact>
        </dl>
        {event.target.type === "key" && (
          <div>
            <Button asChild>
              <Link href={`/settings/api-keys/${event.target.id}`}>
                <span>
                  Open <bdi>{event.target.name}</bdi>
                </span>
              </Link>
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Changes({ changes }: { changes: AuditEventView["changes"] }) {
  return (
    <dl className="grid gap-2.5 rounded-md border border-line bg-bg-subtle p-3">
      {changes.map(({ field, from, to }) => (
        <Fact key={field} label={field}>
          {from && (
            <>
              <bdi className="text-ink-2">{from}</bdi>
              <span aria-hidden> → </span>
              <span className="sr-only"> to </span>
            </>
          )}
          <bdi>{to}</bdi>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3">
      <dt className="text-ink-3">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
