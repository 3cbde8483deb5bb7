import { TIMELINE_PLACE } from "@/lib/mail/contacts/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { beyond, orderBy, type SqlOrder } from "@/lib/platform/paging/order-sql";
import { Prisma } from "@/prisma/generated/client";
import type { EmailStatus, Environment } from "@/prisma/generated/enums";

/** One entry of a contact's time line: a contact event, or an email event of an email to the contact. */
export type TimelineEntry = { id: string; at: Date } & (
  | { kind: "event"; name: string; payload: Prisma.JsonValue; sender: string | null }
  | {
      kind: "email";
      type: EmailStatus;
      emailId: string;
      subject: string | null;
      url: string | null;
      /** It stayed on this machine, as an event of its delivery says. */
      captured: boolean;
    }
);

/** A part of a time line, and the place after which the earlier part begins; null where there is none. */
export type Timeline = { entries: TimelineEntry[]; earlier: string | null };

const PAGE_SIZE = 20;

const LATEST_FIRST: SqlOrder = {
  columns: [Prisma.sql`event.at`, Prisma.sql`event.id`],
  direction: "desc",
};

type Asked = {
  id: string;
  environment: Environment;
  /** The `earlier` of the part read before; empty for the latest part. */
  before: string;
};

/** A contact's own events and those of its emails, the latest first; empty for members without the permission. */
export async function contactTimeline(actor: MemberActor, asked: Asked): Promise<Timeline> {
  if (!can(actor, "contacts.read")) return { entries: [], earlier: null };
  const events = await productEvents(actor, asked);
  const emails = await emailEvents(actor, asked);
  const all = [...events, ...emails].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1),
  );
  const entries = all.slice(0, PAGE_SIZE);
  const last = entries.at(-1);
  const earlier = last && all.length > PAGE_SIZE ? `${last.at.getTime()}:${last.id}` : null;
  return { entries, earlier };
}

async function productEvents(
  { workspaceId }: MemberActor,
  { id, environment, before }: Asked,
): Promise<TimelineEntry[]> {
  type Row = {
    id: string;
    at: Date;
    name: string;
    payload: Prisma.JsonValue;
    sender: string | null;
  };
  const rows = await reader().$queryRaw<Row[]>`
    SELECT event.id, event.at, event.name, event.payload, api_key.name AS sender
    FROM contact_event AS event LEFT JOIN api_key ON api_key.id = event.key_id
    WHERE event.contact_id = ${id} AND event.workspace_id = ${workspaceId}
      AND event.environment = ${environment}::"Environment" ${earlierThan(before)}
    ORDER BY ${orderBy(LATEST_FIRST)} LIMIT ${PAGE_SIZE + 1}`;
  return rows.map((row) => ({ kind: "event", ...row }));
}

/** Reads email events type by type, since their index is sorted by type first. */
async function emailEvents(
  { workspaceId }: MemberActor,
  { id, environment, before }: Asked,
): Promise<TimelineEntry[]> {
  type Row = {
    id: string;
    at: Date;
    type: EmailStatus;
    emailId: string;
    subject: string | null;
    url: string | null;
    captured: boolean;
  };
  const rows = await reader().$queryRaw<Row[]>`
    SELECT latest.id, latest.at, latest.type, latest.email_id AS "emailId",
           latest.detail ->> 'url' AS url, email.subject,
           latest.detail ->> 'captured' IS NOT NULL AS captured
    FROM unnest(enum_range(NULL::"EmailStatus")) AS wanted (type)
    CROSS JOIN LATERAL (
      SELECT * FROM email_event AS event
      WHERE event.contact_id = ${id} AND event.type = wanted.type
        AND event.workspace_id = ${workspaceId} AND event.environment = ${environment}::"Environment"
        ${earlierThan(before)}
      ORDER BY ${orderBy(LATEST_FIRST)} LIMIT ${PAGE_SIZE + 1}) AS latest
    LEFT JOIN email ON email.id = latest.email_id
    ORDER BY latest.at DESC, latest.id DESC LIMIT ${PAGE_SIZE + 1}`;
  return rows.map((row) => ({ kind: "email", ...row }));
}

function earlierThan(before: string): Prisma.Sql {
  const [, at, id] = TIMELINE_PLACE.exec(before) ?? [];
  if (!id) return Prisma.empty;
  const place = [Prisma.sql`${new Date(Number(at))}::timestamptz`, Prisma.sql`${id}::text`];
  return Prisma.sql`AND ${beyond(LATEST_FIRST, place)}`;
}
