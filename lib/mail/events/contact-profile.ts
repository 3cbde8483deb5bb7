import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { visibleAudiencesOf } from "@/lib/mail/audiences/audiences-of";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { type ContactRef, findContact } from "@/lib/mail/contacts/find-contact";
import { type TemplateEvents, templateEventsOf } from "@/lib/mail/events/template-events";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** Everything known of a contact, for a program that is about to write to it. */
export type Profile = {
  contact: ContactRow;
  audiences: AudienceRow[];
  /** Its contact events by name, as templates use them: the latest hundred names at most. */
  events: TemplateEvents;
  lastOpenedAt: Date | null;
  lastClickedAt: Date | null;
  /** Its latest opens and clicks, at most five of each. */
  engagement: Engagement[];
};

/** One open of an email, or one click in it. */
type Engagement = {
  action: "opened" | "clicked";
  at: Date;
  emailId: string;
  campaignId: string | null;
};

const LATEST = 5;

/** Everything known of a contact the view shows: its values, audiences, contact events, opens and clicks. */
export async function getProfile(
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<Result<Profile, "not_found">> {
  const contact = await findContact(reader(), view, ref, now);
  if (!contact) {
    return fail("not_found", "There is no such contact in this workspace and environment.");
  }
  const { id } = contact;
  const audiences = await visibleAudiencesOf(reader(), view, id, now);
  const events = (await templateEventsOf(reader(), [id])).get(id) ?? {};
  const times = await reader().contact.findUnique({
    where: { id },
    select: { lastOpenedAt: true, lastClickedAt: true },
  });
  return ok({
    contact,
    audiences,
    events,
    lastOpenedAt: times?.lastOpenedAt ?? null,
    lastClickedAt: times?.lastClickedAt ?? null,
    engagement: await latestEngagement(id),
  });
}

async function latestEngagement(contactId: string): Promise<Engagement[]> {
  return await reader().$queryRaw<Engagement[]>`
    SELECT latest.* FROM unnest(ARRAY['clicked', 'opened']::"EmailStatus"[]) AS wanted (type)
    CROSS JOIN LATERAL (
      SELECT type AS action, at, email_id AS "emailId", campaign_id AS "campaignId" FROM email_event
      WHERE contact_id = ${contactId} AND type = wanted.type
      ORDER BY at DESC LIMIT ${LATEST}) AS latest
    ORDER BY latest.at DESC`;
}
