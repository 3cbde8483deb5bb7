import { z } from "zod";
import { audienceRule } from "@/lib/mail/audiences/schema";
import { listJson } from "@/lib/platform/paging/schema";

/** Our word for a group of contacts, and the resend client's: the same resource under two paths. */
export type AudienceWord = "audience" | "segment";

/** The columns an audience is shown with. */
export const audienceSelect = {
  id: true,
  workspaceId: true,
  environment: true,
  name: true,
  rule: true,
  createdBy: true,
  createdAt: true,
} as const;

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

/** A page of them. */
export function audienceListJson(word: AudienceWord) {
  return listJson(audienceJson(word));
}

/** That an audience is gone. */
export function deletedAudienceJson(word: AudienceWord) {
  return z.strictObject({ object: z.literal(word), id: z.string(), deleted: z.literal(true) });
}

type Shown = { id: string; name: string; rule: unknown; createdAt: Date };

/** The view of a stored audience. */
export function toAudienceView(word: AudienceWord, { id, name, rule, createdAt }: Shown) {
  return { object: word, id, name, dynamic: rule !== null, rule, created_at: createdAt };
}
