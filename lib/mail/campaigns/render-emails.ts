import { bulkHeaders } from "@/lib/mail/campaigns/bulk-headers";
import { messageVariables } from "@/lib/mail/campaigns/message-variables";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import type { NewEmailEvent } from "@/lib/mail/emails/email-events";
import type { NewEmail } from "@/lib/mail/emails/queue-emails";
import { templateEventsOf } from "@/lib/mail/events/template-events";
import { renderCopies } from "@/lib/mail/templates/render-batch";
import { countClicks, trackedEnding, unsubscribeHeaders } from "@/lib/mail/tracking/instrument";
import { reader } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { mapUnhurried } from "@/lib/platform/unhurried";
import type { Prisma } from "@/prisma/generated/client";

/** The columns that the emails of a campaign are made from. */
export const renderingSelect = {
  id: true,
  workspaceId: true,
  environment: true,
  audienceId: true,
  from: true,
  replyTo: true,
  subject: true,
  html: true,
  text: true,
} as const;

type RenderedCampaign = Prisma.CampaignGetPayload<{ select: typeof renderingSelect }>;

/** The emails of the first contacts of a chunk, and the events of those that could not be rendered. */
export type Made = {
  contacts: ContactRow[];
  emails: NewEmail[];
  failures: NewEmailEvent[];
  isTooHeavy: boolean;
};

/** Renders the emails of a chunk, as many as fit in memory. Rendering is slow, so it runs outside any transaction. */
export async function renderEmails(
  campaign: RenderedCampaign,
  contacts: readonly ContactRow[],
  now: Date,
): Promise<Made> {
  if (contacts.length === 0) return { contacts: [], emails: [], failures: [], isTooHeavy: false };
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

function emailTo(campaign: RenderedCampaign, contact: ContactRow, id: string): NewEmail {
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
