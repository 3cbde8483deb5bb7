import {
  Activity,
  Ban,
  Bot,
  CircleAlert,
  Clock,
  Inbox,
  type LucideIcon,
  MailCheck,
  MailOpen,
  MailX,
  MousePointerClick,
  Send,
} from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import type { Timeline, TimelineEntry } from "@/lib/mail/contacts/timeline";
import { contactsList } from "./contacts-url";

/** The most fields of an event's data that are shown. */
const FIELDS_SHOWN = 4;

type EmailEntry = Extract<TimelineEntry, { kind: "email" }>;
type EventEntry = Extract<TimelineEntry, { kind: "event" }>;

const EMAIL_WORDS: Record<EmailEntry["type"], { words: string; icon: LucideIcon }> = {
  scheduled: { words: "Email scheduled", icon: Clock },
  queued: { words: "Email queued", icon: Clock },
  delayed: { words: "Email delayed", icon: Clock },
  sent: { words: "Email sent", icon: Send },
  suppressed: { words: "Email held back", icon: Ban },
  canceled: { words: "Email canceled", icon: Ban },
  failed: { words: "Email failed", icon: CircleAlert },
  bounced: { words: "Email bounced", icon: MailX },
  delivered: { words: "Email delivered", icon: MailCheck },
  opened: { words: "Opened an email", icon: MailOpen },
  clicked: { words: "Clicked in an email", icon: MousePointerClick },
  unsubscribed: { words: "Unsubscribed", icon: MailX },
  fetched: { words: "Pictures loaded by a mail service", icon: Bot },
  scanned: { words: "Link checked by a scanner", icon: Bot },
};

const KEPT = { words: "Email kept here", icon: Inbox };

type ContactTimelineProps = { timeline: Timeline; query: ContactsPageQuery };

/** A contact's events and the history of its emails, newest first. */
export function ContactTimeline({ timeline: { entries, earlier }, query }: ContactTimelineProps) {
  const isLatest = query.timeline === "";
  return (
    <section className="border-line border-t pt-4">
      <h3 className="mb-2 font-medium">Timeline</h3>
      {entries.length === 0 ? (
        <p className="text-ink-3">
          {isLatest
            ? "Nothing yet. Emails and events from your shop or app show up here."
            : "Nothing earlier."}
        </p>
      ) : (
        <ol className="grid gap-3">
          {entries.map((entry) => (
            <li key={entry.id}>
              {entry.kind === "email" ? <EmailLine {...entry} /> : <EventLine {...entry} />}
            </li>
          ))}
        </ol>
      )}
      {(earlier || !isLatest) && (
        <nav aria-label="Timeline pages" className="mt-3 flex gap-4">
          {!isLatest && <TimelineLink query={query} place="" label="Latest" />}
          {earlier && <TimelineLink query={query} place={earlier} label="Earlier" />}
        </nav>
      )}
    </section>
  );
}

type TimelineLinkProps = { query: ContactsPageQuery; place: string; label: string };

function TimelineLink({ query, place, label }: TimelineLinkProps) {
  return (
    <Link
      href={contactsList.url({ ...query, timeline: place })}
      scroll={false}
      replace
      className="text-accent hover:underline"
    >
      {label}
    </Link>
  );
}

function EmailLine({ type, subject, url, at, captured }: EmailEntry) {
  const { words, icon: Icon } = captured ? KEPT : EMAIL_WORDS[type];
  return (
    <Line icon={Icon} title={words} at={at}>
      {subject && <bdi className="block truncate text-ink-2 text-xs">{subject}</bdi>}
      {url !== null && (
        <bdi className="block truncate font-mono text-ink-2 text-xs" title={url}>
          {url}
        </bdi>
      )}
    </Line>
  );
}

function EventLine({ name, payload, sender, at }: EventEntry) {
  const carried = Object.entries(payload as Record<string, unknown>).slice(0, FIELDS_SHOWN);
  return (
    <Line icon={Activity} title={<bdi className="break-words">{name}</bdi>} at={at}>
      {carried.map(([field, value]) => (
        <span key={field} className="block truncate text-ink-2 text-xs">
          <bdi>{field}</bdi>: <bdi>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>
        </span>
      ))}
      {sender !== null && (
        <span className="block truncate text-ink-3 text-xs">
          from <bdi>{sender}</bdi>
        </span>
      )}
    </Line>
  );
}

type LineProps = { icon: LucideIcon; title: ReactNode; at: Date; children: ReactNode };

function Line({ icon: Icon, title, at, children }: LineProps) {
  return (
    <div className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 text-ink-3" />
      <div>
        <div className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 font-medium">{title}</span>
          <span className="shrink-0 text-ink-3 text-xs">
            <Time at={at} />
          </span>
        </div>
        {children}
      </div>
    </div>
  );
}
