import { NOT_MAILED, noticesJob, TOLD } from "@/lib/access/notices/due-notices";
import { nextMailAt } from "@/lib/access/notices/next-mail";
import { transact } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";
import { Prisma } from "@/prisma/generated/client";
import type { NoticePace } from "@/prisma/generated/enums";

/** Members whose mails are queued at a time. The next hour sees to the others. */
const MEMBERS_MAX = 1_000;

/**
 * Queues a mail for each member who has something to be told, at the pace they chose: in one workspace, or in all. The
 * console tells them in any case. It may be called as often as one likes, since a member has at most one mail waiting.
 */
export async function tellMembers(now: Date, workspaceId?: string): Promise<void> {
  if (!canSendOwnMail()) return;
  const place = workspaceId ? Prisma.sql`member.workspace_id = ${workspaceId}` : Prisma.sql`TRUE`;
  await transact(async (tx) => {
    const members = await tx.$queryRaw<{ id: string; pace: NoticePace }[]>`
      SELECT DISTINCT member.id, member.notice_pace::text AS pace
      FROM ${TOLD} WHERE ${place} AND ${NOT_MAILED}
      ORDER BY member.id LIMIT ${MEMBERS_MAX}`;
    await enqueueJobs(
      tx,
      members.map(({ id, pace }) => {
        const when = pace === "at_once" ? {} : { runAt: nextMailAt(pace, now) };
        return {
          task: "mail_notices",
          payload: { memberId: id },
          jobKey: noticesJob(id),
          ...when,
        };
      }),
    );
  });
}
