import { VIEWS_MAX } from "@/lib/access/activity/views/limits";
import type { RemoveViewInput, SaveViewInput } from "@/lib/access/activity/views/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";

/** A view of the activity with its name. `query` is the query of its URL. */
export type SavedView = { id: string; name: string; query: string };

/** The member's own views by name. A view shows what its reader may see, whoever saved it. */
export async function savedViews({ memberId, workspaceId }: MemberActor): Promise<SavedView[]> {
  return await reader().savedView.findMany({
    where: { memberId, workspaceId },
    select: { id: true, name: true, query: true },
    orderBy: { name: "asc" },
    take: VIEWS_MAX,
  });
}

/**
 * Keeps a view for this member. It replaces one of the same name. `not_found` for members who see no activity,
 * `too_many` where there are 50.
 */
export async function saveView(
  actor: MemberActor,
  { name, query }: SaveViewInput,
  now: Date,
): Promise<Result<null, "not_found" | "too_many">> {
  if (!can(actor, "activity.read_own_keys") && !can(actor, "activity.read_all")) {
    return fail("not_found", "You can't see any activity.");
  }
  const { memberId, workspaceId } = actor;
  return await transact(async (tx) => {
    const others = await tx.savedView.count({ where: { memberId, name: { not: name } } });
    if (others >= VIEWS_MAX) {
      return fail("too_many", `You have ${VIEWS_MAX} views. Remove one to save another.`);
    }
    await tx.savedView.upsert({
      where: { memberId_name: { memberId, name } },
      create: { id: newId("sav", now), workspaceId, memberId, name, query, createdAt: now },
      update: { query },
    });
    return ok(null);
  });
}

/** Removes one of the member's views. `not_found` for any other. */
export async function removeView(
  { memberId, workspaceId }: MemberActor,
  { id }: RemoveViewInput,
): Promise<Result<null, "not_found">> {
  const { count } = await transact((tx) =>
    tx.savedView.deleteMany({ where: { id, memberId, workspaceId } }),
  );
  return count === 1 ? ok(null) : fail("not_found", "This view was removed already.");
}
