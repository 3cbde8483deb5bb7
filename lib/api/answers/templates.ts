import { z } from "zod";
import { listJson } from "@/lib/api/answers/page";
import type { TemplateRow, TemplateSummaryRow } from "@/lib/mail/templates/template-row";

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

/** A page of templates, without their texts. */
export const templateListJson = listJson(z.strictObject(summary));

/** A deleted template. */
export const deletedTemplateJson = z.strictObject({
  object: z.literal("template"),
  id: z.string(),
  deleted: z.literal(true),
});

/** Shows a template in a list. */
export function toTemplateSummaryJson(row: TemplateSummaryRow) {
  return {
    object: "template" as const,
    id: row.id,
    name: row.name,
    subject: row.subject,
    status: "published" as const,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}

/** Shows a template whole. */
export function toTemplateJson({ html, text, ...row }: TemplateRow) {
  return { ...toTemplateSummaryJson(row), html, text };
}

/** Says that a template was deleted. */
export function toDeletedTemplateJson(id: string) {
  return { object: "template" as const, id, deleted: true };
}
