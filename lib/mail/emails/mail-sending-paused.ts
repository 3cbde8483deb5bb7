import { rolesWith } from "@/lib/people/auth/permissions";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";

/** The most admins that are told by mail; the console tells everybody. */
const TOLD_MAX = 20;

/**
 * Queues a mail to each owner and admin of a workspace whose sending was paused. The mail server may have
 * something against the workspace's sender only, and take this one.
 */
export async function tellAdmins(tx: Transaction, workspaceId: string): Promise<void> {
  if (!canSendOwnMail()) return;
  const members = await tx.member.findMany({
    where: { workspaceId, role: { in: [...rolesWith("sending.manage")] } },
    orderBy: { id: "asc" },
    take: TOLD_MAX,
    select: { id: true },
  });
  await enqueueJobs(
    tx,
    members.map(({ id }) => {
      const payload = { memberId: id };
      return { task: "mail_sending_paused", payload, jobKey: `sending-paused:${id}` } as const;
    }),
  );
}

/** Mails a member that sending is paused, unless it goes on again. Throws when the mail server does not take it. */
export async function mailSendingPaused(memberId: string): Promise<void> {
  const member = await reader().member.findUnique({
    where: { id: memberId },
    select: {
      user: { select: { name: true, email: true } },
      workspace: { select: { name: true, refusalStreak: true } },
    },
  });
  const streak = member?.workspace.refusalStreak;
  if (!member || !streak?.pausedAt) return;
  const { user, workspace } = member;
  await sendOwnMail({
    to: user.email,
    subject: `Sending is paused in ${workspace.name}`,
    text: letter(user.name, workspace.name, streak),
  });
}

type Streak = { recipients: number; response: string };

function letter(name: string, workspace: string, { recipients, response }: Streak): string {
  return `Hello ${name},

the mail server refused ${recipients} recipients of ${workspace} in a row with the same answer:

${response}

It seems to be about the sender, not the recipients, so nothing more is sent for now. Emails wait. Fix this with
your mail provider, then press “Resume sending”:

${publicOrigin()}/emails
`;
}
