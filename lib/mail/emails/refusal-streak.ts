import { tellAdmins } from "@/lib/mail/emails/mail-sending-paused";
import { kindOfRefusal, withoutEmails } from "@/lib/mail/emails/refusals";
import { recordAudit } from "@/lib/people/audit/record";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";

/** The recipients that are refused in a row for one reason before the sending is paused. */
export const REFUSED_IN_A_ROW_MAX = 10;

/** What came of a hand-over: whether anybody's message was taken, and the refusals that are not the recipients'. */
type Answers = { taken: boolean; refusals: readonly string[] };

/**
 * Counts refusals that say nothing against the recipients, and pauses the workspace's sending when the same one
 * came for many recipients in a row: the mail server has something against the sender, and every further email
 * would be lost like those before. A message that is taken starts the count anew.
 */
export async function countRefusals(
  tx: Transaction,
  workspaceId: string,
  { taken, refusals }: Answers,
  now: Date,
): Promise<void> {
  if (taken) {
    await tx.refusalStreak.deleteMany({ where: { workspaceId, pausedAt: null } });
    return;
  }
  const response = refusals.at(-1);
  if (response === undefined) return;
  const kind = kindOfRefusal(response);
  const same = refusals.filter((refusal) => kindOfRefusal(refusal) === kind).length;
  await tx.$executeRaw`
    INSERT INTO refusal_streak AS known (workspace_id, kind, response, recipients)
    VALUES (${workspaceId}, ${kind}, ${response}, ${same})
    ON CONFLICT (workspace_id) DO UPDATE
      SET kind = EXCLUDED.kind, response = EXCLUDED.response,
          recipients = EXCLUDED.recipients
            + CASE WHEN known.kind = EXCLUDED.kind THEN known.recipients ELSE 0 END`;
  await pauseIfMany(tx, workspaceId, response, now);
}

async function pauseIfMany(
  tx: Transaction,
  workspaceId: string,
  response: string,
  now: Date,
): Promise<void> {
  const { count } = await tx.refusalStreak.updateMany({
    where: { workspaceId, pausedAt: null, recipients: { gte: REFUSED_IN_A_ROW_MAX } },
    data: { pausedAt: now },
  });
  if (count === 0) return;
  const reason = withoutEmails(response);
  log.error({ workspaceId, reason }, "the mail server refuses everybody: sending is paused");
  const { name } = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const event = {
    action: "sending.paused" as const,
    target: { type: "workspace" as const, id: workspaceId, name },
    changes: { reason: { from: null, to: reason } },
  };
  await recordAudit(tx, { workspaceId, ...POSTERN }, event, now);
  await tellAdmins(tx, workspaceId);
}

/** The actor that the audit log names where nobody pressed anything. */
const POSTERN = { memberId: null, name: "Postern", address: null, userAgent: null };

/**
 * Whether the workspace's sending is paused. It stays so until the transaction ends: whoever resumes it waits,
 * and so finds the jobs that were put off because of it.
 */
export async function isSendingPaused(tx: Transaction, workspaceId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ paused: boolean }[]>`
    SELECT paused_at IS NOT NULL AS paused FROM refusal_streak
    WHERE workspace_id = ${workspaceId} FOR SHARE`;
  return rows[0]?.paused ?? false;
}
