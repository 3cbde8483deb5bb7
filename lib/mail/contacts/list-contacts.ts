import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import { getAudience } from "@/lib/mail/audiences/audiences";
import {
  type ContactRow,
  type ContactView,
  contactColumns,
  toContactView,
} from "@/lib/mail/contacts/contact-view";
import { type Position, readPosition, writePosition } from "@/lib/mail/contacts/cursor";
import type { ListContactsQuery } from "@/lib/mail/contacts/schema";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import { CONTACT_ID } from "@/lib/mail/names";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { literally } from "@/lib/platform/database/like";
import { foreignCursor, invalidCursor, type Page } from "@/lib/platform/paging/page";
import { ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** Which contacts a list shows. `search` is what people type: the beginnings of an e-mail or of names. */
export type ContactsFilter = ListContactsQuery & { search?: string };

type Order = Position["order"];
type Walk = { order: Order; backward: boolean; from: Position | null };

/**
 * A page of the contacts that the view shows: newest first, or with `updated_since` the longest unchanged
 * first. Contacts that are added or changed meanwhile move nothing between the pages that are left. A cursor
 * is one of ours or, newest first, the id of a contact. With `updated_since` the last page has a `nextCursor`
 * too: what changes later lies beyond it. Fails with `validation_error` for a cursor that leads nowhere, and
 * with `not_found` for an audience that the view does not show.
 */
export async function listContacts(
  view: View,
  query: ContactsFilter,
  now: Date,
): Promise<Result<Page<ContactView>, "validation_error" | "not_found">> {
  if (query.after && query.before) return invalidCursor("before", "Use either after or before.");
  const order: Order = query.updated_since ? "updated" : "id";
  const field = query.before ? "before" : "after";
  const cursor = query[field];
  const from = cursor ? positionOf(view, cursor, order) : null;
  if (cursor && !from) return foreignCursor(field);
  const walk: Walk = { order, backward: query.before !== undefined, from };
  const conditions = [await visibleContacts(db, view, now), ...filters(query), ...beyond(walk)];
  if (query.audience !== undefined) {
    const audience = await getAudience(view, query.audience);
    if (!audience.ok) return audience;
    conditions.push(audiencePredicate(audience.value, now));
  }
  const rows = await db.$queryRaw<ContactRow[]>`
    SELECT ${contactColumns} FROM contact WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${ordering(walk)} LIMIT ${query.limit + 1}`;
  return ok(toPage(view, walk, rows, query.limit));
}

function positionOf(view: View, cursor: string, order: Order): Position | null {
  // A contact's place by time moves with every change of it: its id would lead past the changes between.
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

/** Each word begins the e-mail or one of the names: what the prefix indexes find without reading everybody. */
function foundBy(search: string): Prisma.Sql[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, SEARCH_WORDS_MAX);
  return words.map((word) => {
    const beginning = `${literally(word)}%`;
    return Prisma.sql`(lower(contact.email) LIKE ${beginning}
      OR lower(contact.first_name) LIKE ${beginning} OR lower(contact.last_name) LIKE ${beginning})`;
  });
}

/** Newest first by id, longest unchanged first by time; walked the other way round backwards. */
function isAscending({ order, backward }: Walk): boolean {
  return (order === "updated") !== backward;
}

function beyond(walk: Walk): Prisma.Sql[] {
  const { from } = walk;
  if (!from) return [];
  const beyondIt = isAscending(walk) ? Prisma.sql`>` : Prisma.sql`<`;
  if (from.order === "id") return [Prisma.sql`contact.id ${beyondIt} ${from.id}`];
  return [
    Prisma.sql`(contact.updated_at, contact.id) ${beyondIt} (${from.at}::timestamptz, ${from.id}::text)`,
  ];
}

function ordering(walk: Walk): Prisma.Sql {
  const way = isAscending(walk) ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  if (walk.order === "id") return Prisma.sql`contact.id ${way}`;
  return Prisma.sql`contact.updated_at ${way}, contact.id ${way}`;
}

function toPage(
  view: View,
  walk: Walk,
  rows: readonly ContactRow[],
  limit: number,
): Page<ContactView> {
  const { backward, from, order } = walk;
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backward) page.reverse();
  const cursorAt = (row: ContactRow | undefined) => {
    const position = row ? positionAt(order, row) : order === "updated" ? from : null;
    return position && writePosition(view, position);
  };
  const onward = backward || hasMore || order === "updated";
  return {
    rows: page.map(toContactView),
    hasMore,
    nextCursor: onward ? cursorAt(page.at(-1)) : null,
    previousCursor: (backward ? hasMore : from !== null) ? cursorAt(page[0]) : null,
  };
}

function positionAt(order: Order, row: { id: string; updatedAt: Date }): Position {
  return order === "id" ? { order, id: row.id } : { order, at: row.updatedAt, id: row.id };
}
