import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { rolesWith } from "@/lib/people/auth/permissions";
import { Prisma } from "@/prisma/generated/client";

/**
 * SQL for what members chose to be told of: each open finding about a key that a member may manage, from their severity
 * on, without the kinds they muted. It joins `member`, `finding` and `api_key`.
 */
export const TOLD = Prisma.sql`
  member JOIN finding ON finding.workspace_id = member.workspace_id
    AND finding.closed_at IS NULL AND finding.dismissed_at IS NULL
    AND finding.severity <= member.notice_from AND NOT finding.kind = ANY(member.notice_muted)
  JOIN api_key ON api_key.id = finding.key_id
    AND (member.role::text = ANY(${[...rolesWith("keys.manage_all")]})
      OR (member.role::text = ANY(${[...rolesWith("keys.manage_own")]}) AND api_key.owner_id = member.id))`;

/** Findings that have a mail of their own, which goes to the owner and all admins whatever they chose. */
const MAILED_IN_ANY_CASE: readonly FindingKind[] = ["leaked"];

/** SQL for what of `TOLD` is to be mailed: it was not yet, or got worse since. */
export const NOT_MAILED = Prisma.sql`
  NOT finding.kind = ANY(${[...MAILED_IN_ANY_CASE]})
  AND NOT EXISTS (SELECT FROM notice_sent WHERE notice_sent.member_id = member.id
    AND notice_sent.finding_id = finding.id AND notice_sent.degree >= finding.degree)`;

/** The key of the job that mails a member: at most one waits. */
export function noticesJob(memberId: string): string {
  return `notices:${memberId}`;
}
