import { insertingEmailEvents, type RecordedEmailEvent } from "@/lib/mail/emails/email-events";
import type { NewEmail, QueuedEmail } from "@/lib/mail/emails/queue-emails";
import { noteGrowth } from "@/lib/platform/database/table-statistics";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { type Reader, reader } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { addingJobs, type NewJob } from "@/lib/platform/queue/enqueue";
import { Prisma } from "@/prisma/generated/client";
import type { ContentGone } from "@/prisma/generated/enums";

/** The most emails of several calls that one statement stores. */
const TOGETHER_MAX = 50;

/** An email as it is stored: how it stands, what has happened to it, and the job that delivers it, if one does. */
export type PlannedEmail = {
  email: NewEmail;
  queued: QueuedEmail;
  /** Its recipients as normalised emails, each once. */
  recipients: readonly string[];
  events: readonly RecordedEmailEvent[];
  job: NewJob | null;
  createdAt: Date;
};

/**
 * Stores new emails without their files, each with its content, its first events and its job, as one statement. An
 * email is new, so that its row has its final state at once and no other has to be locked or looked at.
 */
export async function storeEmails(on: Reader, planned: readonly PlannedEmail[]): Promise<void> {
  await thinQuery(
    on,
    Prisma.sql`
      WITH emails AS (${insertingEmails(planned)}),
           contents AS (${insertingContents(planned)}),
           events AS (${insertingEvents(planned)})
      ${addingJobs(planned.flatMap(({ job }) => job ?? []))}`,
  );
  noteGrowth("emails", planned.length);
}

/** SQL for the rows of emails that are stored: all that are given, or those that a `clear` beside it names. */
type Among = {
  contactId: Prisma.Sql;
  /** Leaves out rows by the column that names their email. */
  only: (emailId: Prisma.Sql) => Prisma.Sql;
};

const ALL: Among = { contactId: Prisma.sql`"contactId"`, only: () => Prisma.empty };
const CLEAR: Among = {
  contactId: Prisma.sql`alone_contact`,
  only: (emailId) => Prisma.sql`JOIN clear ON clear_id = ${emailId}`,
};

/**
 * Stores those of the emails that `clear` names, which is SQL for their ids as `clear_id` and for the contact that each
 * goes to as `alone_contact`. It is one statement, outside of any transaction. Returns the ids of the stored ones.
 */
export async function storeClear(
  clear: Prisma.Sql,
  planned: readonly PlannedEmail[],
): Promise<ReadonlySet<string>> {
  const jobs = planned.flatMap(({ job }) => job ?? []);
  const [row] = await thinQuery<{ stored: string[] }>(
    reader(),
    Prisma.sql`
      WITH clear AS (${clear}),
           emails AS (${insertingEmails(planned, CLEAR)}),
           contents AS (${insertingContents(planned, CLEAR)}),
           events AS (${insertingEvents(planned, CLEAR)})
      SELECT ARRAY(SELECT clear_id FROM clear) AS stored,
             (${addingJobs(jobs, CLEAR.only(Prisma.sql`payload->>'emailId'`))}) AS jobs`,
  );
  const stored = row?.stored ?? [];
  noteGrowth("emails", stored.length);
  return new Set(stored);
}

/** `storeEmails` outside of any transaction, as one statement with what other calls store meanwhile. */
export async function storeAmongOthers(planned: readonly PlannedEmail[]): Promise<void> {
  await stores().add("", planned);
}

function stores(): Folding<readonly PlannedEmail[], undefined> {
  const work = async (calls: readonly (readonly PlannedEmail[])[]): Promise<undefined[]> => {
    await storeEmails(reader(), calls.flat());
    return [];
  };
  const fits = (calls: readonly (readonly PlannedEmail[])[], next: readonly PlannedEmail[]) =>
    calls.reduce((sum, { length }) => sum + length, next.length) <= TOGETHER_MAX;
  return processWide("email-stores", () => new Folding({ work, fits, max: TOGETHER_MAX }));
}

function insertingEmails(planned: readonly PlannedEmail[], among = ALL): Prisma.Sql {
  const given = planned.map(({ email, queued: { status }, recipients, createdAt }) => {
    const { html: _, text: __, headers: ___, attachments: ____, forgetBody, ...row } = email;
    return {
      cc: [],
      bcc: [],
      replyTo: [],
      tags: [],
      trackOpens: false,
      trackClicks: false,
      skipUnsubscribed: false,
      ...row,
      recipients,
      status,
      createdAt,
      endedAt: status === "suppressed" ? createdAt : null,
      contentGone: forgetBody ? ("not_stored" satisfies ContentGone) : null,
    };
  });
  return Prisma.sql`
    INSERT INTO email
      (id, workspace_id, environment, key_id, call_id, campaign_id, tested_by, contact_id, template_id, "from", "to", cc, bcc,
       reply_to, recipients, subject, tags, status, track_opens, track_clicks, skip_unsubscribed, created_at,
       scheduled_at, ended_at, content_gone)
    SELECT id, "workspaceId", environment, "keyId", "callId", "campaignId", "testedBy", ${among.contactId}, "templateId", "from", "to",
           cc, bcc, "replyTo", recipients, subject, tags, status, "trackOpens", "trackClicks", "skipUnsubscribed",
           "createdAt", "scheduledAt", "endedAt", "contentGone"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (id text, "workspaceId" text, environment "Environment", "keyId" text, "callId" uuid, "campaignId" text,
                "testedBy" text, "contactId" text, "templateId" text, "from" text, "to" text[], cc text[], bcc text[],
                "replyTo" text[], recipients text[], subject text, tags jsonb, status "EmailStatus", "trackOpens" boolean,
                "trackClicks" boolean, "skipUnsubscribed" boolean, "createdAt" timestamptz, "scheduledAt" timestamptz,
                "endedAt" timestamptz, "contentGone" "ContentGone")
    ${among.only(Prisma.sql`id`)}`;
}

/** Whether anything that the email says is stored: not where nobody may read it, and it goes to nobody. */
export function keepsContent({ email, queued }: PlannedEmail): boolean {
  return !(email.forgetBody && queued.status === "suppressed");
}

function insertingContents(planned: readonly PlannedEmail[], among = ALL): Prisma.Sql {
  const given = planned
    .filter(keepsContent)
    .map(({ email: { id, html = null, text = null, headers = {} } }) => {
      return { id, html, text, headers };
    });
  return Prisma.sql`
    INSERT INTO email_content (email_id, html, text, headers)
    SELECT id, html, text, headers
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (id text, html text, text text, headers jsonb)
    ${among.only(Prisma.sql`id`)}`;
}

function insertingEvents(planned: readonly PlannedEmail[], among = ALL): Prisma.Sql {
  const given = planned.flatMap(({ email: { workspaceId, environment }, events }) =>
    events.map((event) => ({ workspaceId, environment, ...event })),
  );
  return insertingEmailEvents(given, among.contactId, among.only(Prisma.sql`"emailId"`));
}
