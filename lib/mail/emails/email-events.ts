import { countForCampaigns } from "@/lib/mail/emails/campaign-counts";
import { deleteHiddenContents } from "@/lib/mail/emails/hidden-contents";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader, Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";
import type { ContentGone, EmailStatus, Environment } from "@/prisma/generated/enums";

/** The details of an email event. */
export type EmailEventDetail = {
  /** The recipients it concerns; left out when it concerns all of the email's. */
  recipients?: string[];
  /** The reason for which recipients get no mail, or an email was given up. */
  reason?: string;
  /** The mail server's answer. */
  response?: string;
  nextAttemptAt?: string;
  /** The time that the email waits for. */
  scheduledFor?: string;
  /** The reason for which the email stayed on this machine. */
  captured?: "test" | "no_mail_server";
  /** The message may go out twice: the process ended between the hand-over and the record of it. */
  possibleDuplicate?: true;
  /** The link that was followed. */
  url?: string;
  userAgent?: string;
  /** A mark of the address it came from, the same only within one email. */
  source?: string;
};

export type NewEmailEvent = {
  emailId: string;
  type: EmailStatus;
  /** The time at which it happened; `now` when left out. */
  at?: Date;
  detail?: EmailEventDetail;
  /** False where the email keeps its status, since the event concerns only some of its recipients. */
  moves?: boolean;
};

/** A stored email event. `first`: the email had no earlier event of this type. */
export type RecordedEmailEvent = {
  id: string;
  emailId: string;
  campaignId: string | null;
  contactId: string | null;
  type: EmailStatus;
  at: Date;
  first: boolean;
  detail: EmailEventDetail;
};

type EmailRow = {
  id: string;
  workspaceId: string;
  environment: Environment;
  campaignId: string | null;
  contactId: string | null;
  contentGone: ContentGone | null;
};

/** A claim on an email that is over; `claimedAt` tells it from a later one. */
export type EndedClaim = { emailId: string; claimedAt: Date };

/**
 * Records email events and everything that follows from them: the status of each email, the counts of
 * campaigns, the times at which contacts last opened or clicked, and the end of texts that nobody may read. It takes
 * a few statements for any number of events and leaves out events of emails that are gone. Two recordings about one
 * email run one after the other. Claims that end with these events are given up in the same step.
 */
export async function recordEmailEvents(
  tx: Transaction,
  events: readonly NewEmailEvent[],
  now: Date,
  endedClaims: readonly EndedClaim[] = [],
): Promise<RecordedEmailEvent[]> {
  if (events.length === 0) return [];
  const ids = [...new Set(events.map(({ emailId }) => emailId))];
  const emails = await lockEmails(tx, ids);
  const known = await knownTypes(tx, ids);
  const recorded = events.flatMap((event): RecordedEmailEvent[] => {
    const email = emails.get(event.emailId);
    if (!email) return [];
    const { emailId, type, at = now, detail = {} } = event;
    const { campaignId, contactId } = email;
    const first = !known.has(`${emailId} ${type}`);
    known.add(`${emailId} ${type}`);
    return [{ id: newId("eev", now), emailId, campaignId, contactId, type, at, first, detail }];
  });
  await insertEvents(tx, recorded, emails);
  const moving = events.filter(({ moves }) => moves !== false);
  await moveEmails(tx, moving, endedClaims, now);
  const hidden = [...emails.values()].filter(({ contentGone }) => contentGone !== null);
  await deleteHiddenContents(
    tx,
    hidden.map(({ id }) => id),
  );
  await countForCampaigns(tx, recorded);
  await touchContacts(tx, recorded);
  return recorded;
}

/** Locks emails in the order of their ids, so that two recordings never deadlock. */
async function lockEmails(tx: Reader, ids: string[]): Promise<Map<string, EmailRow>> {
  const rows = await thinQuery<EmailRow>(
    tx,
    Prisma.sql`
      SELECT id, workspace_id AS "workspaceId", environment::text AS environment,
             campaign_id AS "campaignId", contact_id AS "contactId",
             content_gone::text AS "contentGone"
      FROM email WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function knownTypes(tx: Reader, ids: string[]): Promise<Set<string>> {
  const rows = await thinQuery<{ known: string }>(
    tx,
    Prisma.sql`
      SELECT DISTINCT email_id || ' ' || type::text AS known
      FROM email_event WHERE email_id = ANY(${ids}::text[])`,
  );
  return new Set(rows.map(({ known }) => known));
}

async function insertEvents(
  tx: Transaction,
  events: readonly RecordedEmailEvent[],
  emails: ReadonlyMap<string, EmailRow>,
): Promise<void> {
  const given = events.flatMap((event): StoredEmailEvent[] => {
    const email = emails.get(event.emailId);
    return email
      ? [{ ...event, workspaceId: email.workspaceId, environment: email.environment }]
      : [];
  });
  await thinQuery(tx, insertingEmailEvents(given));
}

type StoredEmailEvent = RecordedEmailEvent & Pick<EmailRow, "workspaceId" | "environment">;

/** SQL that inserts email events; those that `only` leaves, with another contact where SQL for it is given. */
export function insertingEmailEvents(
  events: readonly StoredEmailEvent[],
  contactId = Prisma.sql`"contactId"`,
  only = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO email_event
      (id, workspace_id, environment, email_id, campaign_id, contact_id, type, at, first, detail)
    SELECT id, "workspaceId", environment, "emailId", "campaignId", ${contactId}, type, at, first, detail
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      AS given (id text, "workspaceId" text, environment "Environment", "emailId" text,
                "campaignId" text, "contactId" text, type "EmailStatus", at timestamptz,
                first boolean, detail jsonb)
    ${only}`;
}

/** Moves emails forward only: a late event, such as a delivery recorded after an open, changes no status. */
async function moveEmails(
  tx: Transaction,
  events: readonly NewEmailEvent[],
  endedClaims: readonly EndedClaim[],
  now: Date,
): Promise<void> {
  const moves = events.map(({ emailId, type, at = now, detail }) => {
    return { emailId, type, at, captured: detail?.captured !== undefined };
  });
  const given = [...moves, ...endedClaims];
  if (given.length === 0) return;
  await thinQuery(
    tx,
    Prisma.sql`
      UPDATE email
      SET status = GREATEST(email.status, moves.status),
          ended_at = CASE WHEN GREATEST(email.status, moves.status) > 'delayed'
            THEN COALESCE(email.ended_at, ${now}::timestamptz) END,
          opened_at = COALESCE(email.opened_at, moves.opened_at),
          clicked_at = COALESCE(email.clicked_at, moves.clicked_at),
          captured = email.captured OR moves.captured,
          handing_over_since = NULLIF(email.handing_over_since, moves.claimed_at)
      FROM (
        SELECT "emailId", max(type) AS status,
               min(at) FILTER (WHERE type = 'opened') AS opened_at,
               min(at) FILTER (WHERE type = 'clicked') AS clicked_at,
               COALESCE(bool_or(captured), FALSE) AS captured, max("claimedAt") AS claimed_at
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
          AS given ("emailId" text, type "EmailStatus", at timestamptz, captured boolean, "claimedAt" timestamptz)
        GROUP BY "emailId") AS moves
      WHERE email.id = moves."emailId"
        AND (email.status < moves.status
          OR (email.opened_at IS NULL AND moves.opened_at IS NOT NULL)
          OR (email.clicked_at IS NULL AND moves.clicked_at IS NOT NULL)
          OR (moves.captured AND NOT email.captured)
          OR email.handing_over_since = moves.claimed_at)`,
  );
}

async function touchContacts(
  tx: Transaction,
  events: readonly RecordedEmailEvent[],
): Promise<void> {
  const given = events
    .filter(({ contactId, type }) => contactId && (type === "opened" || type === "clicked"))
    .map(({ contactId, type, at }) => ({ contactId, type, at }));
  if (given.length === 0) return;
  await tx.$executeRaw`
    WITH seen AS (
      SELECT "contactId" AS id,
             max(at) FILTER (WHERE type = 'opened') AS opened_at,
             max(at) FILTER (WHERE type = 'clicked') AS clicked_at
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS given ("contactId" text, type text, at timestamptz)
      GROUP BY "contactId"),
    locked AS (SELECT contact.id FROM contact JOIN seen USING (id) ORDER BY contact.id FOR UPDATE)
    UPDATE contact
    SET last_opened_at = GREATEST(contact.last_opened_at, seen.opened_at),
        last_clicked_at = GREATEST(contact.last_clicked_at, seen.clicked_at)
    FROM seen JOIN locked USING (id)
    WHERE contact.id = seen.id`;
}
