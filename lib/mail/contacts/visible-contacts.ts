import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import type { View } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/**
 * An SQL condition over the table alias `contact` that is true for the contacts of the view's workspace and
 * environment, within its audiences where it is limited to some. It queries the database only for such a limit.
 */
export async function visibleContacts(tx: Reader, view: View, now: Date): Promise<Prisma.Sql> {
  const place = Prisma.sql`contact.workspace_id = ${view.workspaceId}
    AND contact.environment = ${view.environment}::"Environment"`;
  if (!view.audiences) return place;
  return Prisma.sql`${place} AND (${await inSomeOf(tx, view, view.audiences, now)})`;
}

async function inSomeOf(
  tx: Reader,
  { workspaceId, environment }: View,
  audiences: readonly string[],
  now: Date,
): Promise<Prisma.Sql> {
  const found = await tx.audience.findMany({
    where: { id: { in: [...audiences] }, workspaceId, environment },
    select: { id: true, workspaceId: true, environment: true, rule: true },
  });
  if (found.length === 0) return Prisma.sql`FALSE`;
  return Prisma.join(
    found.map((audience) => audiencePredicate(audience, now)),
    " OR ",
  );
}
