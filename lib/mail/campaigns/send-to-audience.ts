import type { PlacedAudience } from "@/lib/mail/audiences/audience-predicate";
import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { type Made, renderEmails, renderingSelect } from "@/lib/mail/campaigns/render-emails";
import { setAsideWithin } from "@/lib/mail/campaigns/set-aside";
import { sendingJob } from "@/lib/mail/campaigns/start-and-cancel";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { listRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import { suppressUnsubscribed } from "@/lib/mail/contacts/subscription";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { queueEmails } from "@/lib/mail/emails/queue-emails";
import { later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { Prisma } from "@/prisma/generated/client";

/** The number of recipients that are rendered together, then stored in one transaction. */
export const CHUNK = 100;
/** The time one job sends for. It holds up a receipt for as long where every worker makes a campaign. */
const JOB_MS = 10 * SECOND_MS;
/** The waits between two looks whether all emails are out: a tenth of the time the campaign took so far. */
const LOOK_AGAIN_MS = { shortest: SECOND_MS, longest: MINUTE_MS, share: 0.1 };

const sendingSelect = {
  ...renderingSelect,
  startedAt: true,
  reachedContactId: true,
} as const;

type SendingCampaign = Prisma.CampaignGetPayload<{ select: typeof sendingSelect }>;

/**
 * Makes a campaign's emails, one for each contact of its audience, in chunks ordered by the contacts' ids. A chunk is
 * rendered while the one before it is stored. Each is one transaction that also moves `reachedContactId`, guarded by
 * its former value. After a crash, or beside a second worker, no contact gets two emails and none is left out. The
 * campaign is sent when none of its emails waits for the mail server any more; until then this looks again and again.
 */
export async function sendToAudience(campaignId: string, clock: () => Date): Promise<void> {
  await begin(campaignId, clock());
  if (await makeEmails(campaignId, clock)) await finish(campaignId, clock());
  else await goOnAt(campaignId, clock());
}

/** Makes emails for as long as one job may. Returns whether there is nothing left to make. */
async function makeEmails(campaignId: string, clock: () => Date): Promise<boolean> {
  const until = clock().getTime() + JOB_MS;
  let chunk = await prepareChunk(campaignId, clock());
  while (chunk && chunk.made.contacts.length > 0) {
    if (chunk.made.isTooHeavy || clock().getTime() >= until) return await storeLast(chunk, clock());
    const [isStored, next] = await Promise.all([
      storeChunk(chunk, clock()),
      prepareChunk(campaignId, clock(), reachedBy(chunk)),
    ]);
    chunk = isStored ? next : null;
  }
  if (chunk) await noteAllMade(chunk.campaign, clock());
  return true;
}

/** The emails for the next recipients of a campaign, none where all have theirs. */
type Chunk = { campaign: SendingCampaign; made: Made };

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
 * Renders the emails of the next recipients: those after `reached`, where an earlier chunk is not stored yet. Null when
 * the campaign is not being sent, or its emails are all made.
 */
async function prepareChunk(id: string, now: Date, reached?: string): Promise<Chunk | null> {
  const stored = await reader().campaign.findFirst({
    where: { id, status: "sending", emailsMadeAt: null },
    select: sendingSelect,
  });
  if (!stored) return null;
  const campaign = reached ? { ...stored, reachedContactId: reached } : stored;
  const audience = await reader().audience.findFirst({
    where: { id: campaign.audienceId, workspaceId: campaign.workspaceId },
    select: audienceSelect,
  });
  const contacts = audience ? await nextContacts(campaign, audience, now) : [];
  return { campaign, made: await renderEmails(campaign, contacts, now) };
}

/** Stores a chunk, and sets the campaign aside whose message is too heavy. False when another worker was quicker. */
async function storeChunk({ campaign, made }: Chunk, now: Date): Promise<boolean> {
  return await transact(async (tx) => {
    const isStored = await store(tx, campaign, made, now);
    if (made.isTooHeavy) await setAsideWithin(tx, campaign.id, "rendering", now);
    return isStored;
  });
}

/** Stores the last chunk of a job. Returns whether there is nothing left to make. */
async function storeLast(chunk: Chunk, now: Date): Promise<boolean> {
  const isStored = await storeChunk(chunk, now);
  return !isStored || chunk.made.isTooHeavy;
}

function reachedBy({ made }: Chunk): string | undefined {
  return made.contacts.at(-1)?.id;
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
