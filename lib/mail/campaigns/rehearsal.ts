import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { goneCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { messageVariables } from "@/lib/mail/campaigns/message-variables";
import { listRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import { templateEventsOf } from "@/lib/mail/events/template-events";
import { renderCopies } from "@/lib/mail/templates/render-batch";
import { trackedEnding } from "@/lib/mail/tracking/instrument";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { ok, type Result } from "@/lib/platform/result";

/** The most contacts of an audience that are tried: enough to show a fault that hits few of them. */
const TRIED_MAX = 200;

/** The number of contacts a campaign's message was rendered for, the number it failed for, and the first reason. */
export type Rehearsal = { tried: number; failed: number; reason: string | null };

/**
 * Renders a campaign's message for the first contacts of its audience and sends nothing. It finds variables that
 * contacts lack while the message can still be corrected. A preview shows one contact, who may lack nothing.
 */
export async function rehearseCampaign(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Result<Rehearsal, "not_found">> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const { workspaceId } = actor;
  const campaign = await reader().campaign.findFirst({
    where: { id, workspaceId },
    select: { subject: true, html: true, text: true, audienceId: true },
  });
  if (!campaign) return goneCampaign();
  const { audienceId, ...message } = campaign;
  const audience = await reader().audience.findFirst({
    where: { id: audienceId, workspaceId },
    select: audienceSelect,
  });
  if (!audience) return ok({ tried: 0, failed: 0, reason: null });
  const first = await listRecipients(reader(), audience, { after: null, limit: TRIED_MAX }, now);
  const people = first.filter(({ unsubscribed }) => !unsubscribed);
  const events = await templateEventsOf(
    reader(),
    people.map((person) => person.id),
  );
  const recipients = people.map((person) => {
    const id = newId("eml", now);
    const variables = messageVariables(person, events.get(person.id) ?? {}, id);
    return { variables, ending: trackedEnding(id) };
  });
  return ok(await tryCopies(actor, message, recipients));
}

/** Renders the copies and keeps none. A message for which the process is killed again and again is tried no further. */
async function tryCopies(...[owner, message, recipients]: Parameters<typeof renderCopies>) {
  const failures: string[] = [];
  let tried = 0;
  let isOver = false;
  while (!isOver && tried < recipients.length) {
    const { outcomes, isStopped } = await renderCopies(owner, message, recipients.slice(tried));
    failures.push(...outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.message])));
    tried += outcomes.length;
    isOver = isStopped;
  }
  return { tried, failed: failures.length, reason: failures[0] ?? null };
}
