import { z } from "zod";
import type { Page } from "@/lib/platform/paging/page";

/** The JSON of a list whose entries are `entry`. */
export function listJson<Entry extends z.ZodType>(entry: Entry) {
  return z.strictObject({
    object: z.literal("list"),
    has_more: z.boolean(),
    data: z.array(entry),
    next_cursor: z.string().nullable(),
    previous_cursor: z.string().nullable(),
  });
}

/** A page of rows, each shown by `toEntry`. */
export function toListJson<Row, Entry>(
  { rows, hasMore, nextCursor, previousCursor }: Page<Row>,
  toEntry: (row: Row) => Entry,
) {
  return {
    object: "list" as const,
    has_more: hasMore,
    data: rows.map((row) => toEntry(row)),
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
  };
}
