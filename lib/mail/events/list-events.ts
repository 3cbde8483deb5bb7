import { type ContactRef, findContact } from "@/lib/mail/contacts/contacts";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import {
  type EventRow,
  type EventView,
  eventColumns,
  toEventView,
} from "@/lib/mail/events/event-view";
import type { ListEventsQuery } from "@/lib/mail/events/schema";
import { CONTACT_ID } from "@/lib/mail/names";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { type ListOf, readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import { foreignCursor, invalidCursor, type Page } from "@/lib/platform/paging/page";
import { fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

const EVENT_ID = /^evt_[0-9a-z]{26}$/;
const PLACE = /^(\d{1,15}):(evt_[0-9a-z]{26})$/;

/** Where in the list something stands: by when it happened, and then by its id. */
type Place = { at: Date; id: string };
type Walk = { backward: boolean; from: Place | null };

/**
 * A page of what the contacts did that the view shows, the latest first by when it happened. A cursor is one
 * of ours or the id of an event. Fails with `validation_error` for a cursor that leads nowhere, and with
 * `not_found` for a contact that the view does not show.
 */
export async function listEvents(
  view: View,
  query: ListEventsQuery,
  now: Date,
): Promise<Result<Page<EventView>, "validation_error" | "not_found">> {
  if (query.after && query.before) return invalidCursor("before", "Use either after or before.");
  const field = query.before ? "before" : "after";
  const cursor = query[field];
  const from = cursor ? await placeOf(view, cursor) : null;
  if (cursor && !from) return foreignCursor(field);
  const walk = { backward: query.before !== undefined, from };
  const whose = await visibleEvents(view, query, now);
  if (!whose.ok) return whose;
  const conditions = [whose.value, ...filters(query), ...beyond(walk)];
  const way = walk.backward ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT ${eventColumns} FROM contact_event AS event WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY event.at ${way}, event.id ${way} LIMIT ${query.limit + 1}`;
  return ok(toPage(view, walk, rows, query.limit));
}

async function placeOf(view: View, cursor: string): Promise<Place | null> {
  if (EVENT_ID.test(cursor)) {
    const { workspaceId, environment } = view;
    const where = { id: cursor, workspaceId, environment };
    return await db.contactEvent.findFirst({ where, select: { at: true, id: true } });
  }
  const [, at, id] = PLACE.exec(readCursor(listOf(view), cursor) ?? "") ?? [];
  return id ? { at: new Date(Number(at)), id } : null;
}

/** A contact that is named decides alone whose events they are; else a limited view looks at each one's. */
async function visibleEvents(
  view: View,
  { contact }: ListEventsQuery,
  now: Date,
): Promise<Result<Prisma.Sql, "not_found">> {
  if (contact !== undefined) {
    const ref: ContactRef = CONTACT_ID.test(contact) ? { id: contact } : { email: contact };
    const row = await findContact(db, view, ref, now);
    if (row) return ok(Prisma.sql`event.contact_id = ${row.id}`);
    return fail("not_found", "There is no such contact in this workspace and environment.");
  }
  const place = Prisma.sql`event.workspace_id = ${view.workspaceId}
    AND event.environment = ${view.environment}::"Environment"`;
  if (!view.audiences) return ok(place);
  const visible = await visibleContacts(db, view, now);
  return ok(Prisma.sql`${place} AND EXISTS (
    SELECT FROM contact WHERE contact.id = event.contact_id AND ${visible})`);
}

function filters(query: ListEventsQuery): Prisma.Sql[] {
  const { event, occurred_since: since, occurred_before: before } = query;
  return [
    ...(event ? [Prisma.sql`event.name = ${event}`] : []),
    ...(since ? [Prisma.sql`event.at >= ${since}`] : []),
    ...(before ? [Prisma.sql`event.at < ${before}`] : []),
  ];
}

function beyond({ backward, from }: Walk): Prisma.Sql[] {
  if (!from) return [];
  const beyondIt = backward ? Prisma.sql`>` : Prisma.sql`<`;
  return [Prisma.sql`(event.at, event.id) ${beyondIt} (${from.at}::timestamptz, ${from.id}::text)`];
}

function toPage(
  view: View,
  { backward, from }: Walk,
  rows: readonly EventRow[],
  limit: number,
): Page<EventView> {
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backward) page.reverse();
  const cursorAt = (row: EventRow | undefined) =>
    row ? writeCursor(listOf(view), `${row.at.getTime()}:${row.id}`) : null;
  return {
    rows: page.map(toEventView),
    hasMore,
    nextCursor: backward || hasMore ? cursorAt(page.at(-1)) : null,
    previousCursor: (backward ? hasMore : from !== null) ? cursorAt(page[0]) : null,
  };
}

function listOf({ workspaceId, environment }: View): ListOf {
  return { list: "events", workspaceId, environment };
}
