import { z } from "zod";
import {
  SUBJECT_MAX_CHARS,
  TEMPLATE_MAX_CHARS,
  TEMPLATE_NAME_MAX,
} from "@/lib/mail/templates/limits";
import { anyId } from "@/lib/people/auth/schema";
import { instant } from "@/lib/platform/instant";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, plainText } from "@/lib/platform/text";

/** The name people give a template. */
export const templateName = plainText(TEMPLATE_NAME_MAX).refine((text) => text.length > 0, {
  message: "Give the template a name.",
});

/** A subject in Liquid. */
export const subjectTemplate = plainText(SUBJECT_MAX_CHARS)
  .refine((text) => text.length > 0, { message: "Write a subject." })
  .refine((text) => !/[\r\n]/.test(text), { message: "A subject is one line." });

const body = boundedText(TEMPLATE_MAX_CHARS, {
  tooLong: `Use at most ${TEMPLATE_MAX_CHARS / 1_024} thousand characters.`,
});

/** HTML in Liquid. */
export const htmlTemplate = body.refine((text) => text.trim().length > 0, {
  message: "Write the message.",
});

/** Plain text in Liquid, for programs that show no HTML; it may be empty. */
export const textTemplate = body;

export const createTemplateInput = z.strictObject({
  name: templateName,
  subject: subjectTemplate,
  html: htmlTemplate,
  text: textTemplate.default(""),
});
export type CreateTemplateInput = z.infer<typeof createTemplateInput>;

/** A part that is left out stays as it is. */
export const updateTemplateInput = z.strictObject({
  name: templateName.optional(),
  subject: subjectTemplate.optional(),
  html: htmlTemplate.optional(),
  text: textTemplate.optional(),
});
export type UpdateTemplateInput = z.infer<typeof updateTemplateInput>;

const environment = z.enum(["live", "test"]);

/** The input of the console's form; the API knows the environment from the key. */
export const newTemplateInput = createTemplateInput.extend({ text: textTemplate, environment });
export type NewTemplateInput = z.infer<typeof newTemplateInput>;

export const editTemplateInput = newTemplateInput.extend({
  id: anyId,
  /** When what was changed was last changed: of two who edit at once, the second is told. */
  updatedAt: instant,
});
export type EditTemplateInput = z.infer<typeof editTemplateInput>;

export const deleteTemplateInput = z.strictObject({ id: anyId, environment });
export type DeleteTemplateInput = z.infer<typeof deleteTemplateInput>;

export const templateIdInput = z.strictObject({ id: anyId });

/** The templates page as it stands in the URL; what is not known counts as not given. */
export const templatesPageQuery = z.object({
  environment: environment.catch("live"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type TemplatesPageQuery = z.infer<typeof templatesPageQuery>;

export const listTemplatesQuery = z.strictObject(pageQuery);
