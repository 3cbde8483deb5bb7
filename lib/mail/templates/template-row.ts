import type { Prisma } from "@/prisma/generated/client";

/** The columns a template is listed with; its texts may be long. */
export const templateSummarySelect = {
  id: true,
  name: true,
  subject: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** The columns a template is read with whole. */
export const templateSelect = { ...templateSummarySelect, html: true, text: true } as const;

/** A template without its texts. */
export type TemplateSummaryRow = Prisma.TemplateGetPayload<{
  select: typeof templateSummarySelect;
}>;

/** A template as it is stored. */
export type TemplateRow = Prisma.TemplateGetPayload<{ select: typeof templateSelect }>;
