import type { View } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { type Failure, invalidFields } from "@/lib/platform/result";

/** The names of the audiences among `ids` that exist in the view's workspace and environment, by id. */
export async function audienceNames(
  tx: Reader,
  { workspaceId, environment }: View,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.audience.findMany({
    where: { id: { in: [...ids] }, workspaceId, environment },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The names of audiences, for a record that outlives them. */
export function audiencesInWords(
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): string[] {
  return ids.map((id) => names.get(id) ?? `a deleted audience (${id})`);
}

/** The failure for limiting a key to audiences that do not exist in its environment. */
export function noSuchAudience(): Failure<"validation_error"> {
  return invalidFields({
    audiences: ["One of these audiences is gone or of the other environment. Choose again."],
  });
}
