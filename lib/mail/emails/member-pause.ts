import { deliveryKey } from "@/lib/mail/emails/queue-emails";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { rescheduleJobs } from "@/lib/platform/queue/enqueue";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** Why a workspace's sending is paused, and whether the asking member may resume it. */
export type SendingPause = {
  /** The mail server's answer, word for word. */
  response: string;
  /** How many recipients in a row it refused. */
  recipients: number;
  pausedAt: Date;
  mayResume: boolean;
};

/** The pause of the workspace's sending; null while it sends, and for members who see no emails. */
export async function sendingPauseOf(actor: MemberActor): Promise<SendingPause | null> {
  if (!can(actor, "emails.read")) return null;
  const { workspaceId } = actor;
  const streak = await reader().refusalStreak.findUnique({ where: { workspaceId } });
  if (!streak?.pausedAt) return null;
  const { response, recipients, pausedAt } = streak;
  return { response, recipients, pausedAt, mayResume: can(actor, "sending.manage") };
}

/** Lets the workspace send again and records it: what waited goes out now. Fails with `not_found` if it is not paused. */
export async function resumeSending(
  actor: MemberActor,
  _: unknown,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "sending.manage")) return notPaused();
  const { workspaceId, workspaceName } = actor;
  return await transact(async (tx) => {
    const { count } = await tx.refusalStreak.deleteMany({
      where: { workspaceId, pausedAt: { not: null } },
    });
    if (count === 0) return notPaused();
    const waiting = Prisma.sql`
      SELECT ${deliveryKey("")} || id FROM email
      WHERE workspace_id = ${workspaceId} AND environment = 'live'
        AND (status IN ('queued', 'delayed') OR (status = 'scheduled' AND scheduled_at <= ${now}))`;
    await rescheduleJobs(tx, waiting, now);
    const target = { type: "workspace", id: workspaceId, name: workspaceName } as const;
    await recordAudit(tx, actor, { action: "sending.resumed", target }, now);
    return ok(null);
  });
}

function notPaused(): Failure<"not_found"> {
  return fail("not_found", "Sending is not paused any more.");
}
