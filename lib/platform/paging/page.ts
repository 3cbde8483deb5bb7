import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** One page. Its cursors lead to the pages before and after it; one is null where there is no such page. */
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

/** The request for a page: the rows beyond `from`, or the first ones, read backward or forward. */
export type PageRequest<Place> = { from: Place | null; backward: boolean; limit: number };

/**
 * Reads the page request of a query. `placeOf` reads a cursor and returns null for one that the list does not
 * know. Such a cursor fails with `validation_error`.
 */
export async function requestPage<Place>(
  { after, before, limit }: PageQuery,
  placeOf: (cursor: string) => Place | null | Promise<Place | null>,
): Promise<Result<PageRequest<Place>, "validation_error">> {
  if (after && before) return invalidCursor("before", "Use either after or before.");
  const field = before === undefined ? "after" : "before";
  const cursor = before ?? after;
  const from = cursor === undefined ? null : await placeOf(cursor);
  if (cursor !== undefined && from === null) return foreignCursor(field);
  return ok({ from, backward: field === "before", limit });
}

/**
 * Builds the page from the rows that were read for the request: in the requested direction, and with one row
 * more than the page holds where there are more.
 */
export function toPage<Row>(
  { from, backward, limit }: PageRequest<unknown>,
  read: readonly Row[],
  cursorAt: (row: Row) => string,
): Page<Row> {
  const hasMore = read.length > limit;
  const rows = read.slice(0, limit);
  if (backward) rows.reverse();
  const cursorOf = (row: Row | undefined) => (row === undefined ? null : cursorAt(row));
  return {
    rows,
    hasMore,
    nextCursor: backward || hasMore ? cursorOf(rows.at(-1)) : null,
    previousCursor: (backward ? hasMore : from !== null) ? cursorOf(rows[0]) : null,
  };
}

/** The failure for a cursor that we did not write for this list, or signed with a secret that is no longer accepted. */
export function foreignCursor(field: "after" | "before"): Failure<"validation_error"> {
  const message =
    "This cursor is from another list, of other filters, or too old: begin again without it.";
  return invalidCursor(field, message);
}

function invalidCursor(field: string, message: string): Failure<"validation_error"> {
  return fail("validation_error", message, { [field]: [message] });
}
