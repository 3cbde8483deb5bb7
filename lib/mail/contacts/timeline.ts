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
/** The most emails to others too whose events are looked through for one part of a time line, the newest ones. */
const SHARED_EMAILS_MAX = 500;

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

/**
 * A contact's own events and those of its emails, the latest first: emails to it alone, and those that name it among
 * other recipients, also in “bcc”. Empty for members without the permission.
 */
export async function contactTimeline(actor: MemberActor, asked: Asked): Promise<Timeline> {
  const email = can(actor, "contacts.read") ? await emailOf(actor, asked) : null;
  if (email === null) return { entries: [], earlier: null };
  const events = await productEvents(actor, asked);
  const emails = await emailEvents(actor, asked, email);
  const shared = await sharedEmailEvents(actor, asked, email);
  const all = [...events, ...emails, ...shared].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1),
  );
  const entries = all.slice(0, PAGE_SIZE);
  const last = entries.at(-1);
  const earlier = last && all.length > PAGE_SIZE ? `${last.at.getTime()}:${last.id}` : null;
  return { entries, earlier };
}

async function emailOf({ workspaceId }: MemberActor, { id, environment }: Asked) {
  const where = { id, workspaceId, environment };
  return (await reader().contact.findFirst({ where, select: { email: true } }))?.email ?? null;
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

type EmailEventRow = Omit<Extract<TimelineEntry, { kind: "email" }>, "kind">;

/**
 * Reads email events type by type, since their index is sorted by type first. An email to the contact may name others
 * too, whose events are left out. One that names nobody else is the contact's, whatever its email was then.
 */
async function emailEvents(
  { workspaceId }: MemberActor,
  { id, environment, before }: Asked,
  email: string,
): Promise<TimelineEntry[]> {
  const rows = await reader().$queryRaw<EmailEventRow[]>`
    SELECT latest.id, latest.at, latest.type, latest.email_id AS "emailId",
           latest.detail ->> 'url' AS url, latest.subject,
           latest.detail ->> 'captured' IS NOT NULL AS captured
    FROM unnest(enum_range(NULL::"EmailStatus")) AS wanted (type)
    CROSS JOIN LATERAL (
      SELECT event.*, email.subject
      FROM email_event AS event LEFT JOIN email ON email.id = event.email_id
      WHERE event.contact_id = ${id} AND event.type = wanted.type
        AND event.workspace_id = ${workspaceId} AND event.environment = ${environment}::"Environment"
        AND (cardinality(email.recipients) > 1 IS NOT TRUE OR ${concerning(email)})
        ${earlierThan(before)}
      ORDER BY ${orderBy(LATEST_FIRST)} LIMIT ${PAGE_SIZE + 1}) AS latest
    ORDER BY latest.at DESC, latest.id DESC LIMIT ${PAGE_SIZE + 1}`;
  return rows.map((row) => ({ kind: "email", ...row }));
}

/**
 * Reads the events of emails that are not the contact's alone, by the index of recipients. Nobody can tell which of
 * several recipients opened a mail or followed a link, so those events are left out. The emails are found before they
 * are put in order: Postgres would else walk through all emails of the workspace, from the newest on, in search of them.
 */
async function sharedEmailEvents(
  { workspaceId }: MemberActor,
  { id, environment, before }: Asked,
  email: string,
): Promise<TimelineEntry[]> {
  const rows = await reader().$queryRaw<EmailEventRow[]>`
    WITH named AS MATERIALIZED (
      SELECT id, subject, cardinality(recipients) = 1 AS alone FROM email
      WHERE recipients @> ARRAY[${email}] AND workspace_id = ${workspaceId}
        AND environment = ${environment}::"Environment" AND contact_id IS DISTINCT FROM ${id}
        AND tested_by IS NULL ${madeBefore(before)}),
    newest AS (SELECT * FROM named ORDER BY id DESC LIMIT ${SHARED_EMAILS_MAX})
    SELECT event.id, event.at, event.type, event.email_id AS "emailId",
           event.detail ->> 'url' AS url, newest.subject,
           event.detail ->> 'captured' IS NOT NULL AS captured
    FROM newest JOIN email_event AS event ON event.email_id = newest.id
    WHERE (newest.alone OR event.type NOT IN ('opened', 'clicked', 'unsubscribed', 'fetched', 'scanned'))
      AND ${concerning(email)} ${earlierThan(before)}
    ORDER BY ${orderBy(LATEST_FIRST)} LIMIT ${PAGE_SIZE + 1}`;
  return rows.map((row) => ({ kind: "email", ...row }));
}

/** The condition for email events of all recipients, or of this one among them. */
function concerning(email: string): Prisma.Sql {
  return Prisma.sql`(event.detail -> 'recipients' IS NULL
    OR event.detail -> 'recipients' @> to_jsonb(${email}::text))`;
}

function madeBefore(before: string): Prisma.Sql {
  const place = placeIn(before);
  return place ? Prisma.sql`AND created_at <= ${place.at}::timestamptz` : Prisma.empty;
}

function earlierThan(before: string): Prisma.Sql {
  const place = placeIn(before);
  if (!place) return Prisma.empty;
  const columns = [Prisma.sql`${place.at}::timestamptz`, Prisma.sql`${place.id}::text`];
  return Prisma.sql`AND ${beyond(LATEST_FIRST, columns)}`;
}

function placeIn(before: string): { at: Date; id: string } | null {
  const [, at, id] = TIMELINE_PLACE.exec(before) ?? [];
  return id ? { at: new Date(Number(at)), id } : null;
}
