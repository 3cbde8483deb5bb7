import { tellAdmins } from "@/lib/mail/emails/mail-sending-paused";
import { kindOfRefusal, withoutEmails } from "@/lib/mail/emails/refusals";
import { POSTERN } from "@/lib/people/audit/author";
import { recordAudit } from "@/lib/people/audit/record";
import { thinQuery } from "@/lib/platform/database/thin-query";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { Prisma } from "@/prisma/generated/client";

/** The recipients that are refused in a row for one reason before the sending is paused. */
export const REFUSED_IN_A_ROW_MAX = 10;

/** What came of a hand-over: whether anybody's message was taken, and the refusals that are not the recipients'. */
export type Answers = { workspaceId: string; taken: boolean; refusals: readonly string[] };

/**
 * Counts refusals that say nothing against the recipients, in the order of the hand-overs, and pauses a workspace's
 * sending when the same one came for many recipients in a row: the mail server has something against the sender, and
 * every further email would be lost like those before. A message that is taken starts the count anew.
 */
export async function countRefusals(
  tx: Transaction,
  answers: readonly Answers[],
  now: Date,
): Promise<void> {
  const taken = [...new Set(answers.filter((one) => one.taken).map((one) => one.workspaceId))];
  await startAnew(tx, taken);
  for (const [workspaceId, refusals] of refusalsSinceTaken(answers)) {
    await countOn(tx, workspaceId, refusals, now);
  }
}

async function startAnew(tx: Transaction, workspaceIds: string[]): Promise<void> {
  if (workspaceIds.length === 0) return;
  await thinQuery(
    tx,
    Prisma.sql`
      DELETE FROM refusal_streak WHERE workspace_id = ANY(${workspaceIds}::text[]) AND paused_at IS NULL`,
  );
}

/** The refusals of each workspace after its last message that was taken. */
function refusalsSinceTaken(answers: readonly Answers[]): Map<string, string[]> {
  const streaks = new Map<string, string[]>();
  for (const { workspaceId, taken, refusals } of answers) {
    if (taken) streaks.delete(workspaceId);
    else if (refusals.length > 0) {
      streaks.set(workspaceId, [...(streaks.get(workspaceId) ?? []), ...refusals]);
    }
  }
  return streaks;
}

async function countOn(
  tx: Transaction,
  workspaceId: string,
  refusals: readonly string[],
  now: Date,
): Promise<void> {
  const response = refusals.at(-1);
  if (response === undefined) return;
  const kind = kindOfRefusal(response);
  const firstOther = refusals.findLastIndex((refusal) => kindOfRefusal(refusal) !== kind);
  const same = refusals.length - firstOther - 1;
  await tx.$executeRaw`
    INSERT INTO refusal_streak AS known (workspace_id, kind, response, recipients)
    VALUES (${workspaceId}, ${kind}, ${response}, ${same})
    ON CONFLICT (workspace_id) DO UPDATE
      SET kind = EXCLUDED.kind, response = EXCLUDED.response,
          recipients = EXCLUDED.recipients
            + CASE WHEN known.kind = EXCLUDED.kind AND ${firstOther < 0} THEN known.recipients ELSE 0 END`;
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

/**
 * The workspaces among these whose sending is paused. They stay so, and the others unpaused, until the transaction
 * ends: whoever resumes one waits, and so finds the jobs that were put off because of it.
 */
export async function pausedAmong(
  tx: Transaction,
  workspaceIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (workspaceIds.size === 0) return new Set();
  const rows = await thinQuery<{ id: string; paused: boolean }>(
    tx,
    Prisma.sql`
      SELECT workspace_id AS id, paused_at IS NOT NULL AS paused FROM refusal_streak
      WHERE workspace_id = ANY(${[...workspaceIds]}::text[]) ORDER BY workspace_id FOR SHARE`,
  );
  return new Set(rows.filter(({ paused }) => paused).map(({ id }) => id));
}
