import { z } from "zod";
import { visibleAudiencesOf } from "@/lib/mail/audiences/audiences-of";
import { contactJson, toContactView } from "@/lib/mail/contacts/contact-view";
import { type ContactRef, findContact } from "@/lib/mail/contacts/contacts";
import { templateEventsOf } from "@/lib/mail/events/template-events";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { fail, ok, type Result } from "@/lib/platform/result";

const instant = z.iso.datetime();

/** Everything a program may want to know of a contact before it speaks to it. */
export const profileJson = z.strictObject({
  object: z.literal("profile"),
  contact: contactJson,
  audiences: z.array(z.strictObject({ id: z.string(), name: z.string(), dynamic: z.boolean() })),
  /** By name, as templates have them: at most a hundred, those of late. */
  events: z.record(
    z.string(),
    z.strictObject({
      count: z.int(),
      last: z.strictObject({ at: instant, payload: z.record(z.string(), z.unknown()) }),
    }),
  ),
  last_opened_at: instant.nullable(),
  last_clicked_at: instant.nullable(),
  /** The latest opens and clicks, at most five of each. */
  engagement: z.array(
    z.strictObject({
      action: z.enum(["opened", "clicked"]),
      at: instant,
      email_id: z.string(),
      campaign_id: z.string().nullable(),
    }),
  ),
});

const LATEST = 5;

/** What is known of a contact: who it is, the audiences it is in, what it did, and what it opened. */
export async function getProfile(view: View, ref: ContactRef, now: Date) {
  const row = await findContact(db, view, ref, now);
  if (!row) return noContact();
  const { id: contactId } = row;
  const audiences = await visibleAudiencesOf(db, view, contactId, now);
  const events = await templateEventsOf(db, [contactId]);
  const times = await db.contact.findUnique({
    where: { id: contactId },
    select: { lastOpenedAt: true, lastClickedAt: true },
  });
  return ok({
    object: "profile" as const,
    contact: toContactView(row),
    audiences: audiences.map(({ id, name, rule }) => ({ id, name, dynamic: rule !== null })),
    events: events.get(contactId) ?? {},
    last_opened_at: times?.lastOpenedAt ?? null,
    last_clicked_at: times?.lastClickedAt ?? null,
    engagement: await latestEngagement(contactId),
  });
}

type Engagement = {
  action: "opened" | "clicked";
  at: Date;
  email_id: string;
  campaign_id: string | null;
};

async function latestEngagement(contactId: string): Promise<Engagement[]> {
  return await db.$queryRaw<Engagement[]>`
    SELECT latest.* FROM unnest(ARRAY['clicked', 'opened']::"EmailStatus"[]) AS wanted (type)
    CROSS JOIN LATERAL (
      SELECT type AS action, at, email_id, campaign_id FROM email_event
      WHERE contact_id = ${contactId} AND type = wanted.type
      ORDER BY at DESC LIMIT ${LATEST}) AS latest
    ORDER BY latest.at DESC`;
}

function noContact(): Result<never, "not_found"> {
  return fail("not_found", "There is no such contact in this workspace and environment.");
}
