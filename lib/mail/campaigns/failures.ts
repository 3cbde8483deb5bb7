import { db } from "@/lib/platform/database/db";

const REASONS_MAX = 3;

/** Why emails of a campaign failed, and how many did for this. */
export type FailureReason = { reason: string; emails: number };

/** The reasons that most emails of a workspace's campaign failed for. */
export async function failureReasons({
  id,
  workspaceId,
}: {
  id: string;
  workspaceId: string;
}): Promise<FailureReason[]> {
  return await db.$queryRaw<FailureReason[]>`
    SELECT COALESCE(detail->>'reason', 'No reason is known.') AS reason, count(*)::int AS emails
    FROM email_event
    WHERE campaign_id = ${id} AND workspace_id = ${workspaceId} AND type = 'failed' AND first
    GROUP BY reason ORDER BY emails DESC, reason LIMIT ${REASONS_MAX}`;
}
