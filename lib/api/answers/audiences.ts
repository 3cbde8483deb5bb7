import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { audienceRule } from "@/lib/mail/audiences/schema";

/** Our word for a group of contacts, and the resend client's: the same resource under two paths. */
export type AudienceWord = "audience" | "segment";

/** An audience as the API shows it under one of its two words. */
export function audienceJson(word: AudienceWord) {
  return z.strictObject({
    object: z.literal(word),
    id: z.string(),
    name: z.string(),
    dynamic: z
      .boolean()
      .meta({ description: "Whether a rule decides who is in it; then nobody is put in by hand." }),
    rule: audienceRule.nullable().meta({ description: "The rule; null for a list." }),
    created_at: z.iso.datetime(),
  });
}

/** A page of audiences. */
export function audienceListJson(word: AudienceWord) {
  return listJson(audienceJson(word));
}

/** A deleted audience. */
export function deletedAudienceJson(word: AudienceWord) {
  return z.strictObject({ object: z.literal(word), id: z.string(), deleted: z.literal(true) });
}

/** A contact that was put on a list. `id` repeats the audience's id, as the resend client expects it. */
export const joinedJson = z.strictObject({
  id: z.string(),
  audienceId: z.string(),
  contact: z.string(),
});

/** A contact that was taken off a list. */
export const leftJson = joinedJson.extend({ deleted: z.literal(true) });

/** Shows an audience. */
export function toAudienceJson(word: AudienceWord, { id, name, rule, createdAt }: AudienceRow) {
  return { object: word, id, name, dynamic: rule !== null, rule, created_at: createdAt };
}

/** Says that an audience was deleted. */
export function toDeletedAudienceJson(word: AudienceWord, id: string) {
  return { object: word, id, deleted: true };
}

type Membership = { audienceId: string; contactId: string };

/** Says that a contact was put on a list. */
export function toJoinedJson({ audienceId, contactId }: Membership) {
  return { id: audienceId, audienceId, contact: contactId };
}

/** Says that a contact was taken off a list. */
export function toLeftJson(membership: Membership) {
  return { ...toJoinedJson(membership), deleted: true };
}
