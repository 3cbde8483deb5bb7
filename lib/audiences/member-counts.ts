import type { AudienceRow } from "@/lib/audiences/audiences";
import { audiencePredicate } from "@/lib/audiences/members";
import { db } from "@/lib/db";
import { Prisma } from "@/prisma/generated/client";

/** How many contacts are in each of these audiences at `now`, by id: one statement for lists, one for rules. */
export async function memberCounts(
  audiences: readonly AudienceRow[],
  now: Date,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const lists = audiences.filter(({ rule }) => rule === null);
  if (lists.length > 0) {
    const groups = await db.audienceMember.groupBy({
      by: ["audienceId"],
      where: { audienceId: { in: lists.map(({ id }) => id) } },
      _count: true,
    });
    for (const { audienceId, _count } of groups) counts.set(audienceId, _count);
  }
  const rules = audiences.filter(({ rule }) => rule !== null);
  if (rules.length > 0) {
    for (const { id, contacts } of await countByRule(rules, now)) counts.set(id, Number(contacts));
  }
  return counts;
}

async function countByRule(audiences: readonly AudienceRow[], now: Date) {
  const counts = audiences.map(
    (audience) => Prisma.sql`
      SELECT ${audience.id}::text AS id, count(*) AS contacts FROM contact
      WHERE contact.workspace_id = ${audience.workspaceId}
        AND contact.environment = ${audience.environment}::"Environment"
        AND (${audiencePredicate(audience, now)})`,
  );
  return await db.$queryRaw<{ id: string; contacts: bigint }[]>(Prisma.join(counts, " UNION ALL "));
}
