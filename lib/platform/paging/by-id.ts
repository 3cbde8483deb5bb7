import { type List, readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import { type Page, type PageRequest, requestPage, toPage } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { ok, type Result } from "@/lib/platform/result";

const ID = /^[a-z]{3}_[0-9a-z]{26}$/;

/** The request for a page of a list sorted by id, newest first, with the arguments for Prisma. */
export type PageRequestById = PageRequest<string> & {
  list: List;
  where: { id?: { lt: string } | { gt: string } };
  orderBy: { id: "asc" | "desc" };
  take: number;
};

/**
 * Reads the page request of a query, for a list sorted by id, newest first. A cursor is one of ours or the id of
 * an entry. Both name a place, so entries added or deleted meanwhile do not shift the pages. Fails with
 * `validation_error` for a cursor that is neither.
 */
export async function requestPageById(
  list: List,
  query: PageQuery,
): Promise<Result<PageRequestById, "validation_error">> {
  const request = await requestPage(query, (cursor) =>
    ID.test(cursor) ? cursor : readCursor(list, cursor),
  );
  if (!request.ok) return request;
  const { from, backward, limit } = request.value;
  return ok({
    ...request.value,
    list,
    where: from === null ? {} : { id: backward ? { gt: from } : { lt: from } },
    orderBy: { id: backward ? "asc" : "desc" },
    take: limit + 1,
  });
}

/** Builds the page from the rows that Prisma read for the request. */
export function toPageById<Row extends { id: string }>(
  request: PageRequestById,
  read: readonly Row[],
): Page<Row> {
  return toPage(request, read, ({ id }) => writeCursor(request.list, id));
}

/** Builds the page from all rows of a list in memory, sorted newest first. */
export function pageInMemory<Row extends { id: string }>(
  request: PageRequestById,
  all: readonly Row[],
): Page<Row> {
  const { from, backward, take } = request;
  const beyond = all.filter(({ id }) => from === null || (backward ? id > from : id < from));
  if (backward) beyond.reverse();
  return toPageById(request, beyond.slice(0, take));
}
