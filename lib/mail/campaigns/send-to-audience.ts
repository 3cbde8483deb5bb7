import type { PlacedAudience } from "@/lib/mail/audiences/audience-predicate";
import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { bulkHeaders } from "@/lib/mail/campaigns/bulk-headers";
import { messageVariables } from "@/lib/mail/campaigns/message-variables";
import { setAsideWithin } from "@/lib/mail/campaigns/set-aside";
import { sendingJob } from "@/lib/mail/campaigns/start-and-cancel";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { listRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import { suppressUnsubscribed } from "@/lib/mail/contacts/subscription";
import { type NewEmailEvent, recordEmailEvents } from "@/lib/mail/emails/email-events";
import { OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { type NewEmail, queueEmails } from "@/lib/mail/emails/queue-emails";
import { templateEventsOf } from "@/lib/mail/events/template-events";
import { renderCopies } from "@/lib/mail/templates/render-batch";
import { countClicks, trackedEnding, unsubscribeHeaders } from "@/lib/mail/tracking/instrument";
import { later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import { mapUnhurried } from "@/lib/platform/unhurried";
import type { Prisma } from "@/prisma/generated/client";

/** The number of recipients that are rendered together, then stored in one transaction. */
export const CHUNK = 100;
/** The time one job sends for. It holds up a receipt for as long where every worker makes a campaign. */
const JOB_MS = 10 * SECOND_MS;
/** The waits between two looks whether all emails are out: a tenth of the time the campaign took so far. */
const LOOK_AGAIN_MS = { shortest: SECOND_MS, longest: MINUTE_MS, share: 0.1 };

const sendingSelect = {
  id: true,
  workspaceId: true,
  environment: true,
  audienceId: true,
  from: true,
  replyTo: true,
  subject: true,
  html: true,
  text: true,
  startedAt: true,
  emailsMadeAt: true,
  reachedContactId: true,
} as const;

type SendingCampaign = Prisma.CampaignGetPayload<{ select: typeof sendingSelect }>;

/**
 * Makes a campaign's emails, one for each contact of its audience, in chunks ordered by the contacts' ids. Each
 * chunk is one transaction that also moves `reachedContactId`, guarded by its former value. After a crash, or
 * beside a second worker, no contact gets two emails and none is left out. The campaign is sent when none of its
 * emails waits for the mail server any more; until then this looks again and again.
 */
export async function sendToAudience(campaignId: string, clock: () => Date): Promise<void> {
  await begin(campaignId, clock());
  const until = clock().getTime() + JOB_MS;
  let goOn = true;
  while (goOn && clock().getTime() < until) goOn = await sendChunk(campaignId, clock());
  if (goOn) return await goOnAt(campaignId, clock());
  await finish(campaignId, clock());
}

async function goOnAt(campaignId: string, runAt: Date): Promise<void> {
  const options = { ...sendingJob(campaignId), runAt };
  await transact((tx) => enqueueJob(tx, "send_campaign", { campaignId }, options));
}

async function begin(id: string, now: Date): Promise<void> {
  await transact((tx) =>
    tx.campaign.updateMany({
      where: { id, status: "scheduled", scheduledAt: { lte: now } },
      data: { status: "sending", startedAt: now, updatedAt: now },
    }),
  );
}

/**
 * Makes the emails of the next recipients. False when none are left, when another worker took the chunk, or when the
 * message is too heavy to go on with.
 */
async function sendChunk(id: string, now: Date): Promise<boolean> {
  const campaign = await reader().campaign.findFirst({
    where: { id, status: "sending" },
    select: sendingSelect,
  });
  if (!campaign || campaign.emailsMadeAt) return false;
  const audience = await reader().audience.findFirst({
    where: { id: campaign.audienceId, workspaceId: campaign.workspaceId },
    select: audienceSelect,
  });
  const contacts = audience ? await nextContacts(campaign, audience, now) : [];
  if (contacts.length === 0) {
    await noteAllMade(campaign, now);
    return false;
  }
  const made = await renderEmails(campaign, contacts, now);
  return await transact(async (tx) => {
    const isStored = await store(tx, campaign, made, now);
    if (made.isTooHeavy) await setAsideWithin(tx, id, "rendering", now);
    return isStored && !made.isTooHeavy;
  });
}

async function nextContacts(
  { reachedContactId, startedAt }: SendingCampaign,
  audience: PlacedAudience,
  now: Date,
): Promise<ContactRow[]> {
  const page = { after: reachedContactId, limit: CHUNK };
  return await listRecipients(reader(), audience, page, startedAt ?? now);
}

async function noteAllMade({ id, reachedContactId }: SendingCampaign, now: Date): Promise<void> {
  await transact((tx) =>
    tx.campaign.updateMany({
      where: { id, status: "sending", reachedContactId },
      data: { emailsMadeAt: now },
    }),
  );
}

/** Ends a campaign whose emails are all made and out; looks again later while some of them wait. */
async function finish(id: string, now: Date): Promise<void> {
  const sending = { id, status: "sending", emailsMadeAt: { not: null } } as const;
  const campaign = await reader().campaign.findFirst({ where: sending });
  if (!campaign) return;
  const waiting = await reader().email.findFirst({
    where: { campaignId: id, status: { in: [...OPEN_STATUSES] } },
    select: { id: true },
  });
  if (waiting) return await goOnAt(id, later(now, lookAgainAfter(campaign, now)));
  await transact((tx) =>
    tx.campaign.updateMany({
      where: sending,
      data: { status: "sent", finishedAt: now, updatedAt: now },
    }),
  );
}

function lookAgainAfter({ startedAt }: { startedAt: Date | null }, now: Date): number {
  const took = now.getTime() - (startedAt ?? now).getTime();
  const { shortest, longest, share } = LOOK_AGAIN_MS;
  return Math.min(longest, Math.max(shortest, took * share));
}

/** The emails of the first contacts of a chunk, and the events of those that could not be rendered. */
type Made = {
  contacts: ContactRow[];
  emails: NewEmail[];
  failures: NewEmailEvent[];
  isTooHeavy: boolean;
};

/** Renders the emails of a chunk, as many as fit in memory. Rendering is slow, so it runs outside any transaction. */
async function renderEmails(
  campaign: SendingCampaign,
  contacts: readonly ContactRow[],
  now: Date,
): Promise<Made> {
  const ids = contacts.map(() => newId("eml", now));
  const events = await templateEventsOf(
    reader(),
    contacts.map(({ id }) => id),
  );
  const { subject, html, text } = campaign;
  const { outcomes, isStopped } = await renderCopies(
    campaign,
    { subject, html, text },
    contacts.map((contact, at) => {
      const id = ids[at] ?? "";
      const variables = messageVariables(contact, events.get(contact.id) ?? {}, id);
      return { variables, ending: trackedEnding(id) };
    }),
  );
  const reached = contacts.slice(0, outcomes.length);
  const made: Made = { contacts: reached, emails: [], failures: [], isTooHeavy: isStopped };
  // A copy may have thousands of links to sign.
  await mapUnhurried(reached, (contact, at) => {
    const [id = "", outcome] = [ids[at], outcomes[at]];
    const email = emailTo(campaign, contact, id);
    if (outcome?.ok) {
      const { subject: rendered, text: plain } = outcome.value;
      const parts = { html: countClicks(id, outcome.value), text: plain || null };
      made.emails.push({ ...email, subject: rendered, ...parts });
    } else {
      const reason = outcome?.message ?? "It could not be rendered.";
      made.emails.push(email);
      made.failures.push({ emailId: id, type: "failed", detail: { reason } });
    }
  });
  return made;
}

function emailTo(campaign: SendingCampaign, contact: ContactRow, id: string): NewEmail {
  const { workspaceId, environment, from, replyTo, subject } = campaign;
  return {
    id,
    workspaceId,
    environment,
    from,
    replyTo,
    subject,
    campaignId: campaign.id,
    contactId: contact.id,
    to: [contact.email],
    headers: { ...unsubscribeHeaders(id), ...bulkHeaders(campaign) },
    trackOpens: true,
    trackClicks: true,
  };
}

async function store(
  tx: Transaction,
  { id, workspaceId, environment, reachedContactId }: SendingCampaign,
  made: Made,
  now: Date,
): Promise<boolean> {
  const { contacts, emails, failures } = await withoutDeleted(tx, made);
  const { count } = await tx.campaign.updateMany({
    where: { id, status: "sending", reachedContactId },
    data: {
      reachedContactId: made.contacts.at(-1)?.id ?? null,
      recipients: { increment: contacts.length },
    },
  });
  if (count === 0) return false;
  const unsubscribed = contacts.filter((contact) => contact.unsubscribed);
  // These contacts are suppressed already; this makes sure that a missing row never lets mail through to one.
  const emailsKept = unsubscribed.map(({ email }) => email);
  await suppressUnsubscribed(tx, { workspaceId, environment }, emailsKept, now);
  const queued = await queueEmails(tx, emails, now);
  const waiting = new Set(queued.flatMap(({ id, status }) => (status === "queued" ? [id] : [])));
  await recordEmailEvents(
    tx,
    failures.filter(({ emailId }) => waiting.has(emailId)),
    now,
  );
  return true;
}

/** Leaves out contacts that were deleted since they were read. The others can't be until the transaction ends. */
async function withoutDeleted(tx: Transaction, { contacts, emails, ...made }: Made): Promise<Made> {
  const ids = contacts.map(({ id }) => id);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM contact WHERE id = ANY(${ids}::text[]) ORDER BY id FOR KEY SHARE`;
  const there = new Set(rows.map(({ id }) => id));
  return {
    ...made,
    contacts: contacts.filter(({ id }) => there.has(id)),
    emails: emails.filter(({ contactId }) => contactId && there.has(contactId)),
  };
}
