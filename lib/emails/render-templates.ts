import type { KeyActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { SendEmailInput } from "@/lib/emails/schema";
import type { Content } from "@/lib/emails/send-emails";
import { invalidFields, ok, type Result } from "@/lib/result";
import { renderMessages } from "@/lib/templates/render";
import { templateSelect } from "@/lib/templates/template-view";

export type TemplatedEmail = SendEmailInput & {
  template: NonNullable<SendEmailInput["template"]>;
};

type Rendered = Result<Content, "validation_error">;

/** Whether an email is made from a template. */
export function isTemplated(input: SendEmailInput): input is TemplatedEmail {
  return input.template !== undefined;
}

/** What each email says by its template and variables; null where there is none. */
export async function renderTemplates(
  actor: KeyActor,
  emails: readonly (TemplatedEmail | null)[],
): Promise<(Rendered | null)[]> {
  const ids = [...new Set(emails.flatMap((email) => (email ? [email.template.id] : [])))];
  const rendered = new Map<TemplatedEmail, Rendered>();
  if (ids.length === 0) return emails.map(() => null);
  const { workspaceId, environment } = actor;
  const templates = await db.template.findMany({
    where: { workspaceId, environment, id: { in: ids } },
    select: templateSelect,
  });
  for (const template of templates) {
    const using = emails.filter((email) => email !== null && email.template.id === template.id);
    const variables = using.map((email) => email?.template.variables ?? {});
    const outcomes = await renderMessages(actor, template, variables);
    for (const [at, email] of using.entries()) {
      const outcome = outcomes[at];
      if (email && outcome) rendered.set(email, asContent(email, outcome));
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
