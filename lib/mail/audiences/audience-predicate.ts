import { ruleSql } from "@/lib/mail/audiences/rule-sql";
import { audienceRule } from "@/lib/mail/audiences/schema";
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
