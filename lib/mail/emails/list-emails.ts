import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { emailSelect, toEmailSummary, toEmailView } from "@/lib/mail/emails/email-view";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { type Page, toPage, walkOf } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** Events of an email that are shown, the latest ones. */
export const EVENTS_MAX = 100;

/**
 * The emails a view shows: all of its workspace and environment, or, for a key that is limited to some
 * audiences, the ones that it sent itself.
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
): Promise<Result<Page<ReturnType<typeof toEmailSummary>>, "validation_error">> {
  const { workspaceId, environment } = view;
  const of = { list: "emails", workspaceId, environment };
  const walk = walkOf(of, query);
  if (!walk.ok) return walk;
  const { where, orderBy, take } = walk.value;
  const rows = await db.email.findMany({
    where: { AND: [visibleEmails(view), where] },
    orderBy,
    take,
    select: emailSelect,
  });
  const page = toPage(of, walk.value, rows);
  return ok({ ...page, rows: page.rows.map(toEmailSummary) });
}

/** One email with what it says and what happened to it. */
export async function getEmail(
  view: View,
  id: string,
): Promise<Result<ReturnType<typeof toEmailView>, "not_found">> {
  const row = await db.email.findFirst({
    where: { AND: [visibleEmails(view), { id }] },
    select: { ...emailSelect, tags: true, content: true },
  });
  if (!row) return fail("not_found", "There is no such email in this workspace and environment.");
  return ok(toEmailView(row, await eventsOf(id)));
}

/** What happened to an email, oldest first: the latest `EVENTS_MAX` of it. */
export async function eventsOf(emailId: string) {
  const rows = await db.emailEvent.findMany({
    where: { emailId },
    orderBy: { id: "desc" },
    take: EVENTS_MAX,
    select: { id: true, type: true, at: true, detail: true },
  });
  return rows.reverse().map((row) => ({ ...row, detail: row.detail as EmailEventDetail }));
}
