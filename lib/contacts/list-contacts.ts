import type { KeyActor } from "@/lib/auth/actor";
import {
  type ContactRow,
  type ContactView,
  contactSelect,
  toContactView,
} from "@/lib/contacts/contact-view";
import { type Position, readCursor, writeCursor } from "@/lib/contacts/cursor";
import { CONTACT_ID, type ListContactsQuery } from "@/lib/contacts/schema";
import { db } from "@/lib/db";
import { type Failure, fail, ok, type Result } from "@/lib/result";
import type { Prisma } from "@/prisma/generated/client";

/** One page. The cursors lead on from it in either direction; null where nothing is left there. */
export type ContactPage = {
  contacts: ContactView[];
  hasMore: boolean;
  nextCursor: string | null;
  previousCursor: string | null;
};

type Order = Position["order"];
type Direction = "forward" | "backward";
type Walk = { order: Order; direction: Direction; from: Position | null };

/**
 * A page of the actor's contacts: newest first, or with `updated_since` the longest unchanged first, so
 * that a sync can go on from the last one it saw. Contacts that are added or changed meanwhile move
 * nothing between the pages that are left. A cursor is one of ours, or the id of a contact.
 * Fails with `validation_error` for a cursor that leads nowhere.
 */
export async function listContacts(
  actor: KeyActor,
  query: ListContactsQuery,
): Promise<Result<ContactPage, "validation_error">> {
  if (query.after && query.before) return invalidCursor("before", "Use either after or before.");
  const order: Order = query.updated_since ? "updated" : "id";
  const field = query.before ? "before" : "after";
  const cursor = query[field];
  const from = cursor ? await positionOf(actor, cursor, order) : null;
  if (cursor && !from) return invalidCursor(field, "This cursor is not one of this list.");
  const walk: Walk = { order, direction: query.before ? "backward" : "forward", from };
  const rows = await db.contact.findMany({
    where: { AND: [filters(actor, query), beyond(walk)] },
    orderBy: ordering(walk),
    take: query.limit + 1,
    select: contactSelect,
  });
  return ok(toPage(actor, walk, rows, query.limit));
}

async function positionOf(actor: KeyActor, cursor: string, order: Order): Promise<Position | null> {
  if (!CONTACT_ID.test(cursor)) {
    const position = readCursor(actor, cursor);
    return position?.order === order ? position : null;
  }
  const { workspaceId, environment } = actor;
  const row = await db.contact.findFirst({
    where: { id: cursor, workspaceId, environment },
    select: { id: true, updatedAt: true },
  });
  return row && positionAt(order, row);
}

function filters(actor: KeyActor, query: ListContactsQuery): Prisma.ContactWhereInput {
  const { workspaceId, environment } = actor;
  return {
    workspaceId,
    environment,
    ...(query.email ? { email: query.email } : {}),
    ...(query.updated_since ? { updatedAt: { gte: query.updated_since } } : {}),
  };
}

/** Newest first by id, longest unchanged first by time; walked the other way round backwards. */
function isAscending({ order, direction }: Walk): boolean {
  return (order === "updated") === (direction === "forward");
}

function beyond(walk: Walk): Prisma.ContactWhereInput {
  const { from } = walk;
  if (!from) return {};
  const id = isAscending(walk) ? { gt: from.id } : { lt: from.id };
  if (from.order === "id") return { id };
  const ascending = isAscending(walk);
  return {
    // Implied by what follows, but it is what lets the index begin at the place and not before it.
    updatedAt: ascending ? { gte: from.at } : { lte: from.at },
    OR: [{ updatedAt: ascending ? { gt: from.at } : { lt: from.at } }, { updatedAt: from.at, id }],
  };
}

function ordering(walk: Walk): Prisma.ContactOrderByWithRelationInput[] {
  const way = isAscending(walk) ? "asc" : "desc";
  return walk.order === "id" ? [{ id: way }] : [{ updatedAt: way }, { id: way }];
}

function toPage(actor: KeyActor, walk: Walk, rows: ContactRow[], limit: number): ContactPage {
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (walk.direction === "backward") page.reverse();
  const cursorAt = (row: ContactRow | undefined) =>
    row ? writeCursor(actor, positionAt(walk.order, row)) : null;
  const onward = walk.direction === "backward" || hasMore;
  const backward = walk.direction === "backward" ? hasMore : walk.from !== null;
  return {
    contacts: page.map(toContactView),
    hasMore,
    nextCursor: onward ? cursorAt(page.at(-1)) : null,
    previousCursor: backward ? cursorAt(page[0]) : null,
  };
}

function positionAt(order: Order, row: { id: string; updatedAt: Date }): Position {
  return order === "id" ? { order, id: row.id } : { order, at: row.updatedAt, id: row.id };
}

function invalidCursor(field: string, message: string): Failure<"validation_error"> {
  return fail("validation_error", message, { [field]: [message] });
}
