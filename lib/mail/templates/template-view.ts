import { z } from "zod";
import { listJson } from "@/lib/platform/paging/schema";

/** The columns a template is listed with; its texts may be long. */
export const templateSummarySelect = {
  id: true,
  name: true,
  subject: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** All that a template is shown with. */
export const templateSelect = { ...templateSummarySelect, html: true, text: true } as const;

const summary = {
  object: z.literal("template"),
  id: z.string(),
  name: z.string(),
  subject: z.string(),
  /** There are no drafts: what is stored can be used. */
  status: z.literal("published"),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

/** A template as the API shows it. */
export const templateJson = z.strictObject({ ...summary, html: z.string(), text: z.string() });

/** A page of them, without their texts. */
export const templateListJson = listJson(z.strictObject(summary));

/** The answer that says a template was deleted. */
export const deletedTemplateJson = z.strictObject({
  object: z.literal("template"),
  id: z.string(),
  deleted: z.literal(true),
});

type Summary = { id: string; name: string; subject: string; createdAt: Date; updatedAt: Date };

/** The view of a stored template in a list. */
export function toTemplateSummary({ id, name, subject, createdAt, updatedAt }: Summary) {
  return {
    object: "template" as const,
    id,
    name,
    subject,
    status: "published" as const,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

/** The view of a stored template. */
export function toTemplateView({ html, text, ...row }: Summary & { html: string; text: string }) {
  return { ...toTemplateSummary(row), html, text };
}
