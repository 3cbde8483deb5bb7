import type { Transaction } from "@/lib/platform/database/db";
import { type Failure, invalidFields } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

type Place = { workspaceId: string; environment: Environment };

/** The audiences among `ids` that exist in this workspace and environment, by id. */
export async function audienceNames(
  tx: Transaction,
  { workspaceId, environment }: Place,
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
