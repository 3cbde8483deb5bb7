import type { SendEmailInput } from "@/lib/mail/emails/schema";
import type { Content } from "@/lib/mail/emails/send-emails";
import { templateVariables } from "@/lib/mail/emails/template-variables";
import { renderMessages } from "@/lib/mail/templates/render-batch";
import { templateSelect } from "@/lib/mail/templates/template-row";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { invalidFields, ok, type Result } from "@/lib/platform/result";

export type TemplatedEmail = SendEmailInput & {
  template: NonNullable<SendEmailInput["template"]>;
};

type Rendered = Result<Content, "validation_error">;

/** Whether an email is made from a template. */
export function isTemplated(input: SendEmailInput): input is TemplatedEmail {
  return input.template !== undefined;
}

/**
 * Renders each email from its template, its variables and its recipient; null for an email without a template.
 * `validation_error` stands for one whose template does not exist or cannot be filled in.
 */
export async function renderTemplates(
  view: View,
  emails: readonly (TemplatedEmail | null)[],
  now: Date,
): Promise<(Rendered | null)[]> {
  const templated = emails.filter((email) => email !== null);
  if (templated.length === 0) return emails.map(() => null);
  const ids = [...new Set(templated.map(({ template }) => template.id))];
  const { workspaceId, environment } = view;
  const templates = await reader().template.findMany({
    where: { workspaceId, environment, id: { in: ids } },
    select: templateSelect,
  });
  const variables = await templateVariables(view, templated, now);
  const filled = templated.map((email, at) => ({ email, variables: variables[at] ?? {} }));
  const rendered = new Map<TemplatedEmail, Rendered>();
  for (const template of templates) {
    const using = filled.filter(({ email }) => email.template.id === template.id);
    const outcomes = await renderMessages(
      view,
      template,
      using.map((each) => each.variables),
    );
    for (const [at, { email }] of using.entries()) {
      const outcome = outcomes[at];
      if (outcome) rendered.set(email, asContent(email, outcome));
    }
  }
  return emails.map((email) => (email ? (rendered.get(email) ?? noTemplate()) : null));
}

function asContent(
  email: TemplatedEmail,
  outcome: Awaited<ReturnType<typeof renderMessages>>[number],
): Rendered {
  if (!outcome.ok) return invalidFields({ template: [outcome.message] });
  const { subject, html, text } = outcome.value;
  return ok({ subject: email.subject ?? subject, html: html || null, text: text || null });
}

function noTemplate(): Rendered {
  return invalidFields({
    "template.id": ["There is no such template in this key's workspace and environment."],
  });
}
