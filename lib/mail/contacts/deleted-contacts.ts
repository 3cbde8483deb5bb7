import { readPosition, writePosition } from "@/lib/mail/contacts/cursor";
import type { DeletedContactsQuery } from "@/lib/mail/contacts/schema";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { beyond, orderBy, type SqlOrder } from "@/lib/platform/paging/order-sql";
import { type Page, requestPage, toPage } from "@/lib/platform/paging/page";
import { ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** The record that is left of a deleted contact: its id, and the time of its deletion. */
export type Tombstone = { id: string; deletedAt: Date };

const FIRST_DELETED_FIRST: SqlOrder = {
  columns: [Prisma.sql`deleted_at`, Prisma.sql`id`],
  direction: "asc",
};

/**
 * A page of the deleted contacts in the order of deletion, within the audiences the view is limited to. Like
 * `updated_since`, the list misses and repeats none, and its last page has a `nextCursor` for later deletions.
 */
export async function listDeletedContacts(
  view: View,
  { since, ...query }: DeletedContactsQuery,
): Promise<Result<Page<Tombstone>, "validation_error">> {
  const request = await requestPage(query, (cursor) => deletionAt(view, cursor));
  if (!request.ok) return request;
  const { from, limit } = request.value;
  const { workspaceId, environment, audiences } = view;
  const conditions = [
    Prisma.sql`workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"`,
    ...(audiences ? [Prisma.sql`audience_ids && ${[...audiences]}::text[]`] : []),
    ...(since ? [Prisma.sql`deleted_at >= ${since}`] : []),
    ...(from ? [beyondDeletion(from)] : []),
  ];
  const rows = await reader().$queryRaw<Tombstone[]>`
    SELECT id, deleted_at AS "deletedAt" FROM deleted_contact
    WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${orderBy(FIRST_DELETED_FIRST)} LIMIT ${limit + 1}`;
  const page = toPage(request.value, rows, (row) => cursorAt(view, row));
  const reached = page.rows.at(-1) ?? from;
  return ok({ ...page, nextCursor: reached && cursorAt(view, reached), previousCursor: null });
}

function deletionAt(view: View, cursor: string): Tombstone | null {
  const position = readPosition(view, cursor);
  return position?.order === "deleted" ? { id: position.id, deletedAt: position.at } : null;
}

function cursorAt(view: View, { id, deletedAt }: Tombstone): string {
  return writePosition(view, { order: "deleted", at: deletedAt, id });
}

function beyondDeletion({ id, deletedAt }: Tombstone): Prisma.Sql {
  const place = [Prisma.sql`${deletedAt}::timestamptz`, Prisma.sql`${id}::text`];
  return beyond(FIRST_DELETED_FIRST, place);
}
