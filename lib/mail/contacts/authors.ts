import { reader } from "@/lib/platform/database/unit-of-work";

/** The key or member that created or changed a contact; the name is null when the key or member is gone. */
export type Author = { kind: "key" | "member"; id: string; name: string | null };

/** The names of the keys and members of a workspace among these ids, by id. */
export async function authorsOf(
  workspaceId: string,
  given: readonly (string | null)[],
): Promise<Map<string, string>> {
  const ids = given.flatMap((id) => (id ? [id] : []));
  if (ids.length === 0) return new Map();
  const keys = await reader().apiKey.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  const members = await reader().member.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, user: { select: { name: true } } },
  });
  return new Map([
    ...keys.map(({ id, name }): [string, string] => [id, name]),
    ...members.map(({ id, user }): [string, string] => [id, user.name]),
  ]);
}

/** The key or member with this id, by the names that `authorsOf` found; null without an id. */
export function authorIn(names: ReadonlyMap<string, string>, id: string | null): Author | null {
  if (!id) return null;
  return { kind: id.startsWith("key_") ? "key" : "member", id, name: names.get(id) ?? null };
}
