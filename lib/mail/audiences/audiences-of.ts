import { audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import { RULES_MAX } from "@/lib/mail/audiences/schema";
import type { View } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** The audiences that a contact is in at `now`, by list or by rule, and that the view shows; newest first. */
export async function visibleAudiencesOf(
  tx: Reader,
  view: View,
  contactId: string,
  now: Date,
): Promise<AudienceRow[]> {
  const audiences = await audiencesOf(tx, view, contactId, now);
  return audiences.filter(({ id }) => !view.audiences || view.audiences.includes(id));
}

/** All audiences that a contact is in at `now`, also those beyond the limits of the view; newest first. */
export async function audiencesOf(
  tx: Reader,
  { workspaceId, environment }: View,
  contactId: string,
  now: Date,
): Promise<AudienceRow[]> {
  const lists = await tx.audience.findMany({
    where: { members: { some: { contactId } }, workspaceId, environment },
    select: audienceSelect,
  });
  const rules = await tx.audience.findMany({
    where: { workspaceId, environment, NOT: { rule: { equals: Prisma.AnyNull } } },
    orderBy: { id: "desc" },
    take: RULES_MAX,
    select: audienceSelect,
  });
  const matching = await matchingRules(tx, contactId, rules, now);
  const byRule = rules.filter(({ id }) => matching.has(id));
  return [...lists, ...byRule].sort((a, b) => (a.id < b.id ? 1 : -1));
}

async function matchingRules(
  tx: Reader,
  contactId: string,
  rules: readonly AudienceRow[],
  now: Date,
): Promise<Set<string>> {
  if (rules.length === 0) return new Set();
  const tries = rules.map(
    (audience) => Prisma.sql`
      SELECT ${audience.id}::text AS id FROM contact
      WHERE contact.id = ${contactId} AND (${audiencePredicate(audience, now)})`,
  );
  const found = await tx.$queryRaw<{ id: string }[]>(Prisma.join(tries, " UNION ALL "));
  return new Set(found.map(({ id }) => id));
}
