import { readPosition, writePosition } from "@/lib/mail/contacts/cursor";
import type { DeletedContactsQuery } from "@/lib/mail/contacts/schema";
import type { View } from "@/lib/people/auth/view";
import { db } from "@/lib/platform/database/db";
import { foreignCursor, type Page } from "@/lib/platform/paging/page";
import { ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** What is left of a deleted contact: its id, and when it went. */
export type Tombstone = { object: "deleted_contact"; id: string; deleted_at: Date };

/**
 * A page of the contacts that were deleted, first gone first, of the audiences the view shows. Like
 * `updated_since` it misses and repeats none, and its `nextCursor` goes on beyond the end.
 */
export async function listDeletedContacts(
  view: View,
  { limit, after, since }: DeletedContactsQuery,
): Promise<Result<Page<Tombstone>, "validation_error">> {
  const from = after ? readPosition(view, after) : null;
  if (after && from?.order !== "deleted") {
    return foreignCursor("after");
  }
  const { workspaceId, environment, audiences } = view;
  const limited = audiences ? { audienceIds: { hasSome: [...audiences] } } : {};
  const read = await db.deletedContact.findMany({
    where: {
      AND: [
        { workspaceId, environment, ...limited, ...(since ? { deletedAt: { gte: since } } : {}) },
        from?.order === "deleted" ? beyond(from) : {},
      ],
    },
    orderBy: [{ deletedAt: "asc" }, { id: "asc" }],
    take: limit + 1,
    select: { id: true, deletedAt: true },
  });
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  const reached = last ? { order: "deleted" as const, at: last.deletedAt, id: last.id } : from;
  return ok({
    rows: rows.map(({ id, deletedAt }) => ({
      object: "deleted_contact",
      id,
      deleted_at: deletedAt,
    })),
    hasMore: read.length > limit,
    nextCursor: reached && writePosition(view, reached),
    previousCursor: null,
  });
}

function beyond({ at, id }: { at: Date; id: string }): Prisma.DeletedContactWhereInput {
  return {
    deletedAt: { gte: at },
    OR: [{ deletedAt: { gt: at } }, { deletedAt: at, id: { gt: id } }],
  };
}
