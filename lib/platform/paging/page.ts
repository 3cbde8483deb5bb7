import { type ListOf, readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

const ID = /^[a-z]{3}_[0-9a-z]{26}$/;

/** One page. The cursors lead on from it in either direction; null where nothing is left there. */
export type Page<Row> = {
  rows: Row[];
  hasMore: boolean;
  nextCursor: string | null;
  previousCursor: string | null;
};

/** A page with nothing on it. */
export function emptyPage<Row>(): Page<Row> {
  return { rows: [], hasMore: false, nextCursor: null, previousCursor: null };
}

/** A page as the API answers it. */
export function pageJson<Row>({ rows, hasMore, nextCursor, previousCursor }: Page<Row>) {
  return {
    object: "list" as const,
    has_more: hasMore,
    data: rows,
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
  };
}

/** Where to read on: rows beyond `fromId` in the given order, one more than the page holds. */
export type Walk = {
  backward: boolean;
  fromId: string | null;
  where: { id?: { lt: string } | { gt: string } };
  orderBy: { id: "asc" | "desc" };
  take: number;
};

/**
 * How to read the page that a query asks for from a list sorted by id, newest first. A cursor is one of
 * ours or an entry's id: both say a place, so entries that are added or deleted meanwhile move nothing.
 * Fails with `validation_error` for a cursor that leads nowhere.
 */
export function walkOf(of: ListOf, query: PageQuery): Result<Walk, "validation_error"> {
  if (query.after && query.before) return invalidCursor("before", "Use either after or before.");
  const backward = query.before !== undefined;
  const cursor = query.before ?? query.after;
  const fromId = cursor === undefined ? null : placeOf(of, cursor);
  if (cursor !== undefined && !fromId) {
    return foreignCursor(backward ? "before" : "after");
  }
  return ok({
    backward,
    fromId,
    where: beyond(fromId, backward),
    orderBy: { id: backward ? "asc" : "desc" },
    take: query.limit + 1,
  });
}

function placeOf(of: ListOf, cursor: string): string | null {
  return ID.test(cursor) ? cursor : readCursor(of, cursor);
}

function beyond(fromId: string | null, backward: boolean): Walk["where"] {
  if (!fromId) return {};
  return { id: backward ? { gt: fromId } : { lt: fromId } };
}

/** The page made of what was read as `walk` says. */
export function toPage<Row extends { id: string }>(
  of: ListOf,
  { backward, fromId, take }: Walk,
  read: readonly Row[],
): Page<Row> {
  const hasMore = read.length === take;
  const rows = read.slice(0, take - 1);
  if (backward) rows.reverse();
  const cursorAt = (row: Row | undefined) => (row ? writeCursor(of, row.id) : null);
  return {
    rows,
    hasMore,
    nextCursor: backward || hasMore ? cursorAt(rows.at(-1)) : null,
    previousCursor: (backward ? hasMore : fromId !== null) ? cursorAt(rows[0]) : null,
  };
}

/** The failure for a cursor that we did not write for this list. */
export function foreignCursor(field: "after" | "before"): Failure<"validation_error"> {
  const message = "This cursor is from another list: send it with the same filters it came with.";
  return invalidCursor(field, message);
}

/** The failure for a cursor that cannot be used. */
export function invalidCursor(field: string, message: string): Failure<"validation_error"> {
  return fail("validation_error", message, { [field]: [message] });
}
