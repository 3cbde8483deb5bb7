import { ruleSql } from "@/lib/mail/audiences/rule-sql";
import { audienceRule } from "@/lib/mail/audiences/schema";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** The part of an audience that finds its contacts: the rule, or the list with this id where the rule is null. */
export type AudienceMatch = { id: string; rule: Prisma.JsonValue };

/** An `AudienceMatch` with the workspace and environment of its contacts. */
export type PlacedAudience = AudienceMatch & { workspaceId: string; environment: Environment };

/**
 * An SQL condition over the table alias `contact` that is true for the audience's contacts at `now`, and
 * for no contact of another workspace or environment.
 */
export function audiencePredicate(audience: PlacedAudience, now: Date): Prisma.Sql {
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
