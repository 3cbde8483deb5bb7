import { cache } from "react";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can, canSeeActivityOf } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** A key whose activity the actor may see. */
export type VisibleKey = { id: string; name: string; environment: Environment };

/**
 * The keys whose activity the actor may see, by name: all of the workspace's, or only those they own. A decoy is among
 * them once somebody called with it.
 */
export const visibleKeys = cache(async (actor: MemberActor): Promise<VisibleKey[]> => {
  const all = can(actor, "activity.read_all");
  if (!all && !can(actor, "activity.read_own_keys")) return [];
  return await reader().apiKey.findMany({
    where: {
      workspaceId: actor.workspaceId,
      ownerId: all ? Prisma.skip : actor.memberId,
      OR: [{ decoyPlace: null }, { lastUsedAt: { not: null } }],
    },
    select: { id: true, name: true, environment: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
});

/**
 * The ids of the keys to search: `key`, or without one all keys whose activity the actor may see. Empty where
 * they may see none; null for every key of the workspace.
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
 * Whether the actor may see this key's activity. False for a key of another workspace, and for one that does
 * not exist. Within one request the database is asked once, however many parts of the page ask.
 */
export const canSeeKey = cache(async (actor: MemberActor, keyId: string): Promise<boolean> => {
  const key = await reader().apiKey.findFirst({
    where: { id: keyId, workspaceId: actor.workspaceId },
    select: { ownerId: true },
  });
  return key !== null && canSeeActivityOf(actor, key);
});
