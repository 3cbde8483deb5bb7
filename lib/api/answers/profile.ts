import { z } from "zod";
import { contactJson, toContactJson } from "@/lib/api/answers/contacts";
import type { Profile } from "@/lib/mail/events/contact-profile";

const instant = z.iso.datetime();

/** Everything that is known of a contact, for a program that is about to write to it. */
export const profileJson = z.strictObject({
  object: z.literal("profile"),
  contact: contactJson,
  audiences: z.array(z.strictObject({ id: z.string(), name: z.string(), dynamic: z.boolean() })),
  /** By name, as templates have them: at most a hundred, the latest ones. */
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

/** Shows everything that is known of a contact. */
export function toProfileJson(profile: Profile) {
  return {
    object: "profile" as const,
    contact: toContactJson(profile.contact),
    audiences: profile.audiences.map(({ id, name, rule }) => ({
      id,
      name,
      dynamic: rule !== null,
    })),
    events: profile.events,
    last_opened_at: profile.lastOpenedAt,
    last_clicked_at: profile.lastClickedAt,
    engagement: profile.engagement.map(({ action, at, emailId, campaignId }) => ({
      action,
      at,
      email_id: emailId,
      campaign_id: campaignId,
    })),
  };
}
