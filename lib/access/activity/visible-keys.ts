import { cache } from "react";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can, canSeeActivityOf } from "@/lib/people/auth/permissions";
import { db } from "@/lib/platform/database/db";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** A key whose activity the actor may see. */
export type VisibleKey = { id: string; name: string; environment: Environment };

/** The keys whose activity the actor may see, by name: all of the workspace's, or only those they own. */
export const visibleKeys = cache(async (actor: MemberActor): Promise<VisibleKey[]> => {
  const all = can(actor, "activity.read_all");
  if (!all && !can(actor, "activity.read_own_keys")) return [];
  return await db.apiKey.findMany({
    where: { workspaceId: actor.workspaceId, ownerId: all ? Prisma.skip : actor.memberId },
    select: { id: true, name: true, environment: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
});

/**
 * Whose activity to look at for `key`, or without one for all the actor may see: ids, none of them where
 * they may not, or null for every key of the workspace.
 */
export async function keysToLookAt(
  actor: MemberActor,
  key: string | undefined,
): Promise<readonly string[] | null> {
  if (key) return (await canSeeKey(actor, key)) ? [key] : [];
  if (can(actor, "activity.read_all")) return null;
  return (await visibleKeys(actor)).map(({ id }) => id);
}

/**
 * Whether the actor may see what this key did; false for a key of another workspace or of nobody. A page
 * asks this for each of its parts, and the database once.
 */
export const canSeeKey = cache(async (actor: MemberActor, keyId: string): Promise<boolean> => {
  const key = await db.apiKey.findFirst({
    where: { id: keyId, workspaceId: actor.workspaceId },
    select: { ownerId: true },
  });
  return key !== null && canSeeActivityOf(actor, key);
});
