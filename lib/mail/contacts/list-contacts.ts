import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import { getAudience } from "@/lib/mail/audiences/audiences";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import { type Position, readPosition, writePosition } from "@/lib/mail/contacts/cursor";
import type { ListContactsQuery } from "@/lib/mail/contacts/schema";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import { CONTACT_ID } from "@/lib/mail/names";
import type { View } from "@/lib/people/auth/view";
import { folded, foldedPrefix } from "@/lib/platform/database/folded";
import { reader } from "@/lib/platform/database/unit-of-work";
import { beyond, orderBy, type SqlOrder } from "@/lib/platform/paging/order-sql";
import { type Page, type PageRequest, requestPage, toPage } from "@/lib/platform/paging/page";
import { ok, type Result } from "@/lib/platform/result";
import { trimInvisible } from "@/lib/platform/text";
import { Prisma } from "@/prisma/generated/client";

/** The filters of a list. `search` has the beginnings of an email or of names, as people type them. */
export type ContactsFilter = ListContactsQuery & { search?: string };

type Order = "id" | "updated";

/**
 * A page of the contacts that the view shows: newest first, or longest unchanged first with `updated_since`.
 * Contacts that are added or changed meanwhile move no other contact from page to page. A cursor is one of ours
 * or, in the list by newest, the id of a contact. With `updated_since` the last page has a `nextCursor` too,
 * which leads to later changes. Fails with `validation_error` for a cursor that leads nowhere, and with
 * `not_found` for an audience that the view does not show.
 */
export async function listContacts(
  view: View,
  query: ContactsFilter,
  now: Date,
): Promise<Result<Page<ContactRow>, "validation_error" | "not_found">> {
  const order: Order = query.updated_since ? "updated" : "id";
  const request = await requestPage(query, (cursor) => positionOf(view, cursor, order));
  if (!request.ok) return request;
  const { from, backward } = request.value;
  const sqlOrder = sqlOrderOf(order, backward);
  const conditions = [await visibleContacts(reader(), view, now), ...filters(query)];
  if (from) conditions.push(beyond(sqlOrder, placeOf(from)));
  if (query.audience !== undefined) {
    const audience = await getAudience(view, query.audience);
    if (!audience.ok) return audience;
    conditions.push(audiencePredicate(audience.value, now));
  }
  const rows = await reader().$queryRaw<ContactRow[]>`
    SELECT ${contactColumns} FROM contact WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${orderBy(sqlOrder)} LIMIT ${query.limit + 1}`;
  const page = toPage(request.value, rows, (row) => writePosition(view, positionAt(order, row)));
  return ok(order === "id" ? page : withEnd(view, request.value, page));
}

function positionOf(view: View, cursor: string, order: Order): Position | null {
  // Every change of a contact moves its place by time, so its id would lead past the changes between.
  if (order === "id" && CONTACT_ID.test(cursor)) return { order, id: cursor };
  const position = readPosition(view, cursor);
  return position?.order === order ? position : null;
}

function filters(query: ContactsFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (query.email) conditions.push(Prisma.sql`contact.email = ${query.email}`);
  if (query.updated_since) {
    conditions.push(Prisma.sql`contact.updated_at >= ${query.updated_since}`);
  }
  if (query.unsubscribed !== undefined) {
    conditions.push(Prisma.sql`contact.unsubscribed = ${query.unsubscribed}`);
  }
  if (query.search) conditions.push(...foundBy(query.search));
  return conditions;
}

const SEARCH_WORDS_MAX = 4;

/**
 * Each word must begin the email or a name, without regard to case and accents. The prefix indexes find these
 * without reading every contact.
 */
function foundBy(search: string): Prisma.Sql[] {
  const words = search.split(/\s+/).map(trimInvisible).filter(Boolean).slice(0, SEARCH_WORDS_MAX);
  const columns = [
    Prisma.sql`contact.email`,
    Prisma.sql`contact.first_name`,
    Prisma.sql`contact.last_name`,
  ];
  return words.map((word) => {
    const beginning = foldedPrefix(word);
    const found = columns.map((column) => Prisma.sql`${folded(column)} LIKE ${beginning}`);
    return Prisma.sql`(${Prisma.join(found, " OR ")})`;
  });
}

/** The order of a list: newest first by id, longest unchanged first by time, and the reverse when going backward. */
function sqlOrderOf(order: Order, backward: boolean): SqlOrder {
  const isAscending = (order === "updated") !== backward;
  return {
    columns: [
      ...(order === "updated" ? [Prisma.sql`contact.updated_at`] : []),
      Prisma.sql`contact.id`,
    ],
    direction: isAscending ? "asc" : "desc",
  };
}

function placeOf(position: Position): Prisma.Sql[] {
  const id = Prisma.sql`${position.id}::text`;
  return position.order === "id" ? [id] : [Prisma.sql`${position.at}::timestamptz`, id];
}

function positionAt(order: Order, row: { id: string; updatedAt: Date }): Position {
  return order === "id" ? { order, id: row.id } : { order, at: row.updatedAt, id: row.id };
}

/** Adds a cursor at the end of a page even where nothing follows yet, since later changes will. */
function withEnd(
  view: View,
  { from, backward }: PageRequest<Position>,
  page: Page<ContactRow>,
): Page<ContactRow> {
  const last = page.rows.at(-1);
  const end = last ? positionAt("updated", last) : from;
  const nextCursor = end && writePosition(view, end);
  const isBeyondTheLast = !last && !backward;
  return {
    ...page,
    nextCursor,
    previousCursor: isBeyondTheLast ? nextCursor : page.previousCursor,
  };
}
