import { hintOf } from "@/lib/access/api-keys/key/secret";
import { DECOYS_MAX } from "@/lib/access/decoys/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";

/** A decoy as a page shows it. */
export type Decoy = {
  id: string;
  name: string;
  place: string;
  hint: string;
  plantedAt: Date;
  lastUsedAt: Date | null;
};

/** The decoys of the workspace, the latest first; null for members who don't manage every key. */
export async function listDecoys(actor: MemberActor): Promise<Decoy[] | null> {
  if (!can(actor, "keys.manage_all")) return null;
  const { workspaceId } = actor;
  const rows = await reader().apiKey.findMany({
    where: { workspaceId, decoyPlace: { not: null }, revokedAt: null },
    select: {
      id: true,
      name: true,
      decoyPlace: true,
      environment: true,
      createdAt: true,
      lastUsedAt: true,
      secrets: { select: { lastFour: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: DECOYS_MAX,
  });
  return rows.map(({ id, name, decoyPlace, environment, createdAt, lastUsedAt, secrets }) => ({
    id,
    name,
    place: decoyPlace ?? "",
    hint: hintOf(environment, secrets[0]?.lastFour ?? ""),
    plantedAt: createdAt,
    lastUsedAt,
  }));
}

/** True where this is the id of a decoy that the actor may see on the Security page. */
export async function isDecoyOf(actor: MemberActor, id: string): Promise<boolean> {
  if (!can(actor, "keys.manage_all")) return false;
  const where = { id, workspaceId: actor.workspaceId, decoyPlace: { not: null } };
  return (await reader().apiKey.count({ where })) > 0;
}
