import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { CLAIM_MS, OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { forgetRecipients } from "@/lib/mail/emails/forget-recipients";
import { deliveryOf } from "@/lib/mail/emails/queue-emails";
import { recipientsLeft } from "@/lib/mail/emails/recipients-left";
import { pausedAmong } from "@/lib/mail/emails/refusal-streak";
import { settle } from "@/lib/mail/emails/settle";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** The time after which an email looks again whether the sending is still paused; whoever resumes it is quicker. */
const PAUSED_MS = HOUR_MS;
/** The most emails that one transaction claims or records. */
export const TOGETHER_MAX = 100;
/** The pause between two such transactions, so that the next one is for many. */
export const GATHERING_MS = 20;

/** An email that only this process may hand over, until its claim ends. */
export type ClaimedEmail = {
  id: string;
  workspaceId: string;
  campaignId: string | null;
  environment: Environment;
  /** The emails to hand it over to now, without those that have it and those that are suppressed. */
  recipients: string[];
  /** The number of tries, this one included. */
  attempts: number;
  /** The time at which it was to go out. */
  due: Date;
  claimedAt: Date;
};

type Wish = { emailId: string; hasServer: boolean; clock: () => Date };

/**
 * Claims an email, in one transaction with others whose turn comes meanwhile. Returns null if there is nothing to hand
 * over now, and has recorded why. Without a mail server, and for a test key, the email is kept in the Outbox.
 */
export async function claimAmongOthers(
  emailId: string,
  hasServer: boolean,
  clock: () => Date,
): Promise<ClaimedEmail | null> {
  return await claims().add("", { emailId, hasServer, clock });
}

function claims(): Folding<Wish, ClaimedEmail | null> {
  return processWide("email-claims", () => {
    const together = { fits, max: TOGETHER_MAX, restMs: GATHERING_MS };
    return new Folding<Wish, ClaimedEmail | null>({ work: claimTogether, ...together });
  });
}

function fits([first]: readonly Wish[], next: Wish): boolean {
  return first?.hasServer === next.hasServer && first.clock === next.clock;
}

async function claimTogether(wishes: readonly Wish[]): Promise<(ClaimedEmail | null)[]> {
  const [first] = wishes;
  if (!first) return [];
  const ids = wishes.map(({ emailId }) => emailId);
  const claimed = await transact((tx) => claimEmails(tx, ids, first.hasServer, first.clock()));
  return ids.map((id) => claimed.get(id) ?? null);
}

async function claimEmails(
  tx: Transaction,
  ids: readonly string[],
  hasServer: boolean,
  now: Date,
): Promise<ReadonlyMap<string, ClaimedEmail>> {
  const due = await lockDueEmails(tx, ids, now);
  const leaves = ({ environment }: OpenEmail) => hasServer && environment === "live";
  await keepEmails(
    tx,
    due.filter((email) => !leaves(email)),
    now,
  );
  const leaving = await putOffPaused(tx, due.filter(leaves), now);
  const found = await recipientsLeft(tx, leaving);
  const claimed = leaving.flatMap((email, at) => {
    const recipients = found[at]?.left ?? [];
    return recipients.length > 0 ? [claimOf(email, recipients, now)] : [];
  });
  const interruptions = leaving.filter((email) => email.handingOverSince).map(interrupted);
  await recordEmailEvents(tx, [...found.flatMap(({ events }) => events), ...interruptions], now);
  await storeClaims(tx, claimed, now);
  const claims = new Map(claimed.map((claim) => [claim.id, claim]));
  await settle(
    tx,
    leaving.map(({ id }) => id).filter((id) => !claims.has(id)),
    now,
  );
  return claims;
}

type OpenEmail = {
  id: string;
  workspaceId: string;
  environment: Environment;
  campaignId: string | null;
  recipients: string[];
  skipUnsubscribed: boolean;
  createdAt: Date;
  scheduledAt: Date | null;
  attempts: number;
  handingOverSince: Date | null;
  /** Names a recipient whose contact was deleted. */
  forgets: boolean;
};

/**
 * Locks the emails that are to be delivered now. One that another process has claimed, or that was rescheduled after
 * its job was queued, gets a job for that later time.
 */
async function lockDueEmails(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
): Promise<OpenEmail[]> {
  const open = await thinQuery<OpenEmail>(
    tx,
    Prisma.sql`
      SELECT id, workspace_id AS "workspaceId", environment::text AS environment, campaign_id AS "campaignId",
             recipients, skip_unsubscribed AS "skipUnsubscribed", created_at AS "createdAt",
             scheduled_at AS "scheduledAt", attempts, handing_over_since AS "handingOverSince",
             EXISTS (SELECT FROM forgotten_recipient WHERE email_id = email.id) AS forgets
      FROM email
      WHERE id = ANY(${[...ids]}::text[]) AND status = ANY(${[...OPEN_STATUSES]}::"EmailStatus"[])
      ORDER BY id FOR UPDATE`,
  );
  const forgetting = open.filter(({ forgets }) => forgets).map(({ id }) => id);
  await forgetRecipients(tx, forgetting, now);
  const freeAt = ({ handingOverSince, scheduledAt }: OpenEmail) =>
    handingOverSince ? later(handingOverSince, CLAIM_MS) : (scheduledAt ?? now);
  // A message that names a recipient who was forgotten just now is composed anew.
  const isDue = (email: OpenEmail) => freeAt(email) <= now && !email.forgets;
  await deliverLater(
    tx,
    open
      .filter((email) => !isDue(email))
      .map((email) => ({ email, at: freeAt(email) > now ? freeAt(email) : now })),
  );
  return open.filter(isDue);
}

/** Puts off the emails of workspaces whose sending is paused, and returns the others. */
async function putOffPaused(
  tx: Transaction,
  emails: readonly OpenEmail[],
  now: Date,
): Promise<OpenEmail[]> {
  const paused = await pausedAmong(tx, new Set(emails.map(({ workspaceId }) => workspaceId)));
  const isPaused = ({ workspaceId }: OpenEmail) => paused.has(workspaceId);
  const at = later(now, PAUSED_MS);
  await deliverLater(
    tx,
    emails.filter(isPaused).map((email) => ({ email, at })),
  );
  return emails.filter((email) => !isPaused(email));
}

/** Keeps emails in the Outbox of this machine, as delivered to the recipients that would have got them. */
async function keepEmails(tx: Transaction, emails: readonly OpenEmail[], now: Date): Promise<void> {
  const found = await recipientsLeft(tx, emails);
  const events = emails.flatMap(({ id: emailId, environment, recipients }, at) => {
    const { left, events: suppressed } = found[at] ?? { left: [], events: [] };
    if (left.length === 0) return suppressed;
    const captured = environment === "test" ? "test" : "no_mail_server";
    const about = left.length < recipients.length ? { recipients: left } : {};
    const kept: NewEmailEvent = { emailId, type: "delivered", detail: { captured, ...about } };
    return [...suppressed, kept];
  });
  await recordEmailEvents(tx, events, now);
  const withoutAny = emails.filter((_, at) => found[at]?.left.length === 0);
  await settle(
    tx,
    withoutAny.map(({ id }) => id),
    now,
  );
}

/** Queues the next try of each email, at its time. */
export async function deliverLater(
  tx: Transaction,
  tries: readonly { email: { id: string; campaignId: string | null }; at: Date }[],
): Promise<void> {
  await enqueueJobs(
    tx,
    tries.map(({ email, at }) => deliveryOf(email, at)),
  );
}

function claimOf(email: OpenEmail, recipients: string[], claimedAt: Date): ClaimedEmail {
  const { id, workspaceId, campaignId, environment, attempts, scheduledAt, createdAt } = email;
  const due = scheduledAt ?? createdAt;
  const tried = { attempts: attempts + 1, due, claimedAt };
  return { id, workspaceId, campaignId, environment, recipients, ...tried };
}

async function storeClaims(
  tx: Transaction,
  claimed: readonly ClaimedEmail[],
  now: Date,
): Promise<void> {
  if (claimed.length === 0) return;
  const ids = claimed.map(({ id }) => id);
  await thinQuery(
    tx,
    Prisma.sql`
      UPDATE email SET attempts = attempts + 1, handing_over_since = ${now}::timestamptz(3)
      WHERE id = ANY(${ids}::text[])`,
  );
}

/** The email event for a hand-over that began and has no known end. */
function interrupted({ id: emailId }: OpenEmail): NewEmailEvent {
  return { emailId, type: "delayed", detail: { possibleDuplicate: true, reason: "interrupted" } };
}
