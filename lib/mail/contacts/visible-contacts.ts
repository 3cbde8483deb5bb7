import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import type { Transaction } from "@/lib/platform/database/db";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** Whose contacts are looked at, and the audiences the view is limited to (null: all). A `KeyActor` is one. */
export type ContactsView = {
  workspaceId: string;
  environment: Environment;
  audiences: readonly string[] | null;
};

/**
 * An SQL condition over the table alias `contact`: those of the view's workspace and environment, and of
 * its audiences where it is limited to some. Queries the database only in that case.
 */
export async function visibleContacts(
  tx: Transaction,
  view: ContactsView,
  now: Date,
): Promise<Prisma.Sql> {
  const place = Prisma.sql`contact.workspace_id = ${view.workspaceId}
    AND contact.environment = ${view.environment}::"Environment"`;
  if (!view.audiences) return place;
  return Prisma.sql`${place} AND (${await inSomeOf(tx, view, view.audiences, now)})`;
}

async function inSomeOf(
  tx: Transaction,
  { workspaceId, environment }: ContactsView,
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
