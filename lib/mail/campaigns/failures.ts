import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

const REASONS_MAX = 3;

/** A reason for which emails of a campaign failed, and the number of those emails. */
export type FailureReason = { reason: string; emails: number };

/** The three most frequent reasons for which emails of a campaign of the actor's workspace failed. */
export async function failureReasons(
  { workspaceId }: MemberActor,
  { id }: { id: string },
): Promise<FailureReason[]> {
  return await reader().$queryRaw<FailureReason[]>`
    SELECT COALESCE(detail->>'reason', 'No reason is known.') AS reason, count(*)::int AS emails
    FROM email_event
    WHERE campaign_id = ${id} AND workspace_id = ${workspaceId} AND type = 'failed' AND first
    GROUP BY reason ORDER BY emails DESC, reason LIMIT ${REASONS_MAX}`;
}
