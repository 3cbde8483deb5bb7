import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { type EmailRow, emailSelect } from "@/lib/mail/emails/email-row";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The most events of an email that are shown, the latest ones. */
export const EVENTS_MAX = 100;

/**
 * The condition for the emails a view shows: all of its workspace and environment, or only the key's own
 * where the key is limited to some audiences.
 */
export function visibleEmails({
  workspaceId,
  environment,
  audiences,
  actorId,
}: View): Prisma.EmailWhereInput {
  return { workspaceId, environment, ...(audiences ? { keyId: actorId } : {}) };
}

/** A page of emails, newest first. Fails for a cursor that leads nowhere. */
export async function listEmails(
  view: View,
  query: PageQuery,
): Promise<Result<Page<EmailRow>, "validation_error">> {
  const { workspaceId, environment } = view;
  const request = await requestPageById({ name: "emails", workspaceId, environment }, query);
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const rows = await reader().email.findMany({
    where: { AND: [visibleEmails(view), where] },
    orderBy,
    take,
    select: emailSelect,
  });
  return ok(toPageById(request.value, rows));
}

/** One email event, as the console and the API show it. */
export type EmailEvent = { id: string; type: EmailStatus; at: Date; detail: EmailEventDetail };

/** An email with its texts and its latest events. */
export type WholeEmail = EmailRow & {
  tags: Prisma.JsonValue;
  content: { html: string | null; text: string | null } | null;
  events: EmailEvent[];
};

/** The email with this id, with its texts unless nobody may read them, and its latest events, if the view shows it. */
export async function getEmail(view: View, id: string): Promise<Result<WholeEmail, "not_found">> {
  const row = await reader().email.findFirst({
    where: { AND: [visibleEmails(view), { id }] },
    select: { ...emailSelect, tags: true, content: true },
  });
  if (!row) return fail("not_found", "There is no such email in this workspace and environment.");
  const content = row.contentGone ? null : row.content;
  return ok({ ...row, content, events: await eventsOf(id) });
}

/** The latest `EVENTS_MAX` events of an email, oldest first. */
export async function eventsOf(emailId: string): Promise<EmailEvent[]> {
  const rows = await reader().emailEvent.findMany({
    where: { emailId },
    orderBy: { id: "desc" },
    take: EVENTS_MAX,
    select: { id: true, type: true, at: true, detail: true },
  });
  return rows.reverse().map((row) => ({ ...row, detail: row.detail as EmailEventDetail }));
}
