import { type ContactRef, findContact } from "@/lib/mail/contacts/find-contact";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import { type EventRow, eventColumns } from "@/lib/mail/events/event-row";
import type { ListEventsQuery } from "@/lib/mail/events/schema";
import { CONTACT_ID } from "@/lib/mail/names";
import type { View } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { type List, readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import { beyond, orderBy, type SqlOrder } from "@/lib/platform/paging/order-sql";
import { type Page, requestPage, toPage } from "@/lib/platform/paging/page";
import { fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

const EVENT_ID = /^evt_[0-9a-z]{26}$/;
const PLACE = /^(\d{1,15}):(evt_[0-9a-z]{26})$/;

/** A place in the list: the time at which a contact event happened, then its id. */
type Place = { at: Date; id: string };

/**
 * A page of the contact events of the contacts that the view shows, the latest first. A cursor is one of ours
 * or the id of a contact event. Fails with `validation_error` for a cursor that leads nowhere, and with
 * `not_found` for a contact that the view does not show.
 */
export async function listEvents(
  view: View,
  query: ListEventsQuery,
  now: Date,
): Promise<Result<Page<EventRow>, "validation_error" | "not_found">> {
  const request = await requestPage(query, (cursor) => placeOf(view, cursor));
  if (!request.ok) return request;
  const visible = await visibleEvents(view, query, now);
  if (!visible.ok) return visible;
  const { from, backward } = request.value;
  const order: SqlOrder = {
    columns: [Prisma.sql`event.at`, Prisma.sql`event.id`],
    direction: backward ? "asc" : "desc",
  };
  const conditions = [visible.value, ...filters(query)];
  if (from) {
    const place = [Prisma.sql`${from.at}::timestamptz`, Prisma.sql`${from.id}::text`];
    conditions.push(beyond(order, place));
  }
  const rows = await reader().$queryRaw<EventRow[]>`
    SELECT ${eventColumns} FROM contact_event AS event WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${orderBy(order)} LIMIT ${query.limit + 1}`;
  const cursorAt = ({ at, id }: Place) => writeCursor(listOf(view), `${at.getTime()}:${id}`);
  return ok(toPage(request.value, rows, cursorAt));
}

async function placeOf(view: View, cursor: string): Promise<Place | null> {
  if (EVENT_ID.test(cursor)) {
    const { workspaceId, environment } = view;
    const where = { id: cursor, workspaceId, environment };
    return await reader().contactEvent.findFirst({ where, select: { at: true, id: true } });
  }
  const [, at, id] = PLACE.exec(readCursor(listOf(view), cursor) ?? "") ?? [];
  return id ? { at: new Date(Number(at)), id } : null;
}

/** The condition for the contact events shown: those of the named contact, or of every contact the view shows. */
async function visibleEvents(
  view: View,
  { contact }: ListEventsQuery,
  now: Date,
): Promise<Result<Prisma.Sql, "not_found">> {
  if (contact !== undefined) {
    const ref: ContactRef = CONTACT_ID.test(contact) ? { id: contact } : { email: contact };
    const row = await findContact(reader(), view, ref, now);
    if (row) return ok(Prisma.sql`event.contact_id = ${row.id}`);
    return fail("not_found", "There is no such contact in this workspace and environment.");
  }
  const place = Prisma.sql`event.workspace_id = ${view.workspaceId}
    AND event.environment = ${view.environment}::"Environment"`;
  if (!view.audiences) return ok(place);
  const visible = await visibleContacts(reader(), view, now);
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

function listOf({ workspaceId, environment }: View): List {
  return { name: "events", workspaceId, environment };
}
