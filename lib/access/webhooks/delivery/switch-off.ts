import type { HeldWebhook } from "@/lib/access/webhooks/delivery/due-events";
import { OFF_WORDS } from "@/lib/access/webhooks/webhook/words";
import { POSTERN } from "@/lib/people/audit/author";
import { recordAudit } from "@/lib/people/audit/record";
import { rolesWith } from "@/lib/people/auth/permissions";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJobs } from "@/lib/platform/queue/enqueue";
import type { WebhookOff } from "@/prisma/generated/enums";

/** The most admins that are told by mail; the console tells everybody. */
const TOLD_MAX = 20;

/**
 * Switches a webhook off, records it, and queues a mail to those who can switch it on again. Nothing happens where it got
 * another URL meanwhile.
 */
export async function switchOff(
  tx: Transaction,
  { id, workspaceId, name, url }: Pick<HeldWebhook, "id" | "workspaceId" | "name" | "url">,
  reason: WebhookOff,
  now: Date,
): Promise<void> {
  const { count } = await tx.webhook.updateMany({
    where: { id, url, offSince: null },
    data: { offSince: now, offFor: reason },
  });
  if (count === 0) return;
  log.warn({ workspaceId, webhookId: id, reason }, "a webhook was switched off");
  const event = {
    action: "webhook.switched_off" as const,
    target: { type: "webhook" as const, id, name },
    changes: { reason: { from: null, to: OFF_WORDS[reason] } },
  };
  await recordAudit(tx, { workspaceId, ...POSTERN }, event, now);
  await tellAdmins(tx, workspaceId, id);
}

async function tellAdmins(tx: Transaction, workspaceId: string, webhookId: string): Promise<void> {
  if (!canSendOwnMail()) return;
  const members = await tx.member.findMany({
    where: { workspaceId, role: { in: [...rolesWith("webhooks.manage")] } },
    orderBy: { id: "asc" },
    take: TOLD_MAX,
    select: { id: true },
  });
  await enqueueJobs(
    tx,
    members.map(({ id }) => {
      const payload = { memberId: id, webhookId };
      const jobKey = `webhook-off:${webhookId}:${id}`;
      return { task: "mail_webhook_off", payload, jobKey } as const;
    }),
  );
}

/** Mails a member that a webhook is off, unless it is on again. Throws when the mail server does not take it. */
export async function mailWebhookOff(memberId: string, webhookId: string): Promise<void> {
  const member = await reader().member.findUnique({
    where: { id: memberId },
    select: { workspaceId: true, user: { select: { name: true, email: true } } },
  });
  if (!member) return;
  const webhook = await reader().webhook.findFirst({
    where: { id: webhookId, workspaceId: member.workspaceId, offSince: { not: null } },
    select: { name: true, url: true, offFor: true },
  });
  if (!webhook?.offFor) return;
  await sendOwnMail({
    to: member.user.email,
    subject: `The webhook ${webhook.name} is switched off`,
    text: `Hello ${member.user.name},

Postern sends nothing more to the webhook ${webhook.name}:

${webhook.url}

${OFF_WORDS[webhook.offFor]} Events that happen while it is off are not sent later. See what went wrong, and switch it
on again, here:

${publicOrigin()}/settings/webhooks/${webhookId}
`,
  });
}
