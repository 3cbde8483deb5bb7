import { ruleSql } from "@/lib/audiences/rule-sql";
import { audienceRule } from "@/lib/audiences/schema";
import { type ContactRow, contactColumns } from "@/lib/contacts/contact-view";
import type { Transaction } from "@/lib/db";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** What tells who belongs to an audience: its rule, or without one its list. */
export type AudienceMembership = {
  id: string;
  workspaceId: string;
  environment: Environment;
  rule: Prisma.JsonValue;
};

/**
 * An SQL condition over the table alias `contact` that is true for the audience's members at `now`, and
 * for nobody of another workspace or environment.
 */
export function audiencePredicate(audience: AudienceMembership, now: Date): Prisma.Sql {
  const { id, rule, workspaceId, environment } = audience;
  if (rule === null) return onList(id);
  return Prisma.sql`contact.workspace_id = ${workspaceId}
    AND contact.environment = ${environment}::"Environment"
    AND (${ruleSql(audienceRule.parse(rule), { workspaceId, environment, now })})`;
}

function onList(audienceId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM audience_member WHERE audience_id = ${audienceId} AND contact_id = contact.id)`;
}

/** A part of an audience: at most `limit` contacts, of those whose ids come after `after`. */
export type RecipientsPage = { after: string | null; limit: number };

/**
 * The members of an audience in the order of their ids, those who unsubscribed too: who sends says of each
 * why it gets nothing. Who walks through all of them asks again with the last id it got, and with the same
 * `now`, so that a rule means the same people all the while.
 */
export async function listRecipients(
  tx: Transaction,
  audience: AudienceMembership,
  { after, limit }: RecipientsPage,
  now: Date,
): Promise<ContactRow[]> {
  const beyond = after === null ? Prisma.empty : Prisma.sql`AND contact.id > ${after}`;
  return await tx.$queryRaw<ContactRow[]>`
    SELECT ${contactColumns} FROM contact
    WHERE contact.workspace_id = ${audience.workspaceId}
      AND contact.environment = ${audience.environment}::"Environment"
      ${beyond} AND ${audiencePredicate(audience, now)}
    ORDER BY contact.id LIMIT ${limit}`;
}

/** How many members of an audience get mail at `now`. */
export async function countRecipients(
  tx: Transaction,
  audience: AudienceMembership,
  now: Date,
): Promise<number> {
  const rows = await tx.$queryRaw<{ contacts: bigint }[]>`
    SELECT count(*) AS contacts FROM contact
    WHERE contact.workspace_id = ${audience.workspaceId}
      AND contact.environment = ${audience.environment}::"Environment"
      AND NOT contact.unsubscribed AND ${audiencePredicate(audience, now)}`;
  return Number(rows[0]?.contacts ?? 0);
}
