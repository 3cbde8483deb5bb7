import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import type { KeyRow } from "@/lib/access/api-keys/key/shown-key";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { ok, type Success } from "@/lib/platform/result";

/** A key as the command palette names it. */
export type FoundKey = Pick<KeyRow, "id" | "name" | "hint" | "environment"> & { ownerName: string };

/** The first page of the keys that a search finds, without what only the list shows. */
export async function findKeys(
  actor: MemberActor,
  query: ListKeysQuery,
  now: Date,
): Promise<Success<FoundKey[]>> {
  const { keys } = await listKeys(actor, query, now);
  return ok(
    keys.map(({ id, name, hint, environment, owner }) => ({
      id,
      name,
      hint,
      environment,
      ownerName: owner.name,
    })),
  );
}
