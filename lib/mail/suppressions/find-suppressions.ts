import { emailHashes } from "@/lib/mail/address/email-hash";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { Environment, SuppressionReason } from "@/prisma/generated/enums";

/** An email that gets no mail, and the reason. */
export type Suppressed = { email: string; reason: SuppressionReason };

/** Normalised emails, and the workspace and environment that would write to them. */
export type Recipients = {
  workspaceId: string;
  environment: Environment;
  emails: readonly string[];
  /** Whether people who have unsubscribed are left out too. */
  skipUnsubscribed: boolean;
};

/**
 * The suppressed emails of each group of recipients, in its own workspace and environment; one statement. Who has
 * unsubscribed wants no campaigns and still waits for an order's receipt, so that reason holds only where it is
 * asked for (15 U.S.C. 7702(17)). The other reasons always hold, and are named before it.
 */
export async function suppressionsOf(
  on: Reader,
  groups: readonly Recipients[],
): Promise<Suppressed[][]> {
  return byGroup(groups, await thinQuery<SuppressedRow>(on, selectingSuppressions(groups)));
}

/** A suppressed email, by the place of its group. */
export type SuppressedRow = Suppressed & { group: number };

/** SQL for whether a row of `suppression` keeps mail from who is `asked` for. */
const HOLDS = Prisma.sql`(suppression.reason <> 'unsubscribed' OR asked."skipUnsubscribed")`;

/** SQL for whether any of `hashes` is suppressed in the place of a row of `asked`, which says what is skipped. */
export const ANY_SUPPRESSED = Prisma.sql`EXISTS (
  SELECT FROM unnest(asked.hashes) AS hash, LATERAL (
    SELECT FROM suppression
    WHERE suppression.workspace_id = asked."workspaceId" AND suppression.environment = asked.environment
      AND suppression.email_hash = hash AND ${HOLDS}
    LIMIT 1) AS found)`;

/** SQL for the suppressed emails of each group, as `suppressionsOf` reads them. */
export function selectingSuppressions(groups: readonly Recipients[]): Prisma.Sql {
  const asked = groups.flatMap(({ workspaceId, environment, emails, skipUnsubscribed }, group) =>
    [...new Set(emails)].flatMap((email) =>
      emailHashes(workspaceId, email).map((hash) => {
        return { group, workspaceId, environment, email, hash, skipUnsubscribed };
      }),
    ),
  );
  return Prisma.sql`
    SELECT DISTINCT ON ("group", asked.email) "group", asked.email, reason::text AS reason
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS asked ("group" int, "workspaceId" text, environment "Environment", email text, hash text,
                "skipUnsubscribed" boolean)
    JOIN suppression ON suppression.workspace_id = asked."workspaceId"
      AND suppression.environment = asked.environment AND suppression.email_hash = asked.hash
      AND ${HOLDS}
    ORDER BY "group", asked.email, suppression.reason = 'unsubscribed', reason`;
}

/** The suppressed emails of each group. */
export function byGroup(
  groups: readonly Recipients[],
  rows: readonly SuppressedRow[],
): Suppressed[][] {
  const found = groups.map((): Suppressed[] => []);
  for (const { group, email, reason } of rows) found[group]?.push({ email, reason });
  return found;
}
