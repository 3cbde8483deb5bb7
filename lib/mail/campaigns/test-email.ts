import { goneCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { readerOf, renderForCampaign } from "@/lib/mail/campaigns/preview";
import { mailboxesIn, type TestEmailInput } from "@/lib/mail/campaigns/schema";
import { whyKept } from "@/lib/mail/emails/mail-server";
import { queueEmails } from "@/lib/mail/emails/queue-emails";
import { refuseSender, senderDomains } from "@/lib/mail/sending-domains/sender-domains";
import { unsubscribeUrl } from "@/lib/mail/tracking/signed-links";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * Sends a campaign's message to the member who asks for it, as the contact of its preview would get it. The
 * email counts no opens and no clicks, is in no report, and its link unsubscribes nobody. Fails with `conflict`
 * where the member's own email is suppressed.
 */
export async function sendTestEmail(
  actor: MemberActor,
  { from, replyTo, ...input }: TestEmailInput,
  now: Date,
): Promise<
  Result<
    { id: string; keptHere: boolean },
    "not_found" | "conflict" | "validation_error" | "template_error"
  >
> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const { workspaceId, memberId } = actor;
  const refused = refuseSender(await senderDomains(viewOf(actor, input.environment)), from);
  if (refused) return refused;
  const id = newId("eml", now);
  const reader = await readerOf(actor, input, now);
  const rendered = await renderForCampaign(actor, input, reader, unsubscribeUrl(id));
  if (!rendered.ok) return rendered;
  const { subject, html, text } = rendered.value;
  const email = {
    id,
    workspaceId,
    environment: input.environment,
    testedBy: memberId,
    from,
    to: [actor.email],
    replyTo: mailboxesIn(replyTo),
    subject: `[Test] ${subject}`,
    html,
    text: text || null,
  };
  const [queued] = await transact((tx) => queueEmails(tx, [email], now));
  if (queued?.status === "suppressed") {
    return fail(
      "conflict",
      `${actor.email} gets no mail from here: it bounced or is suppressed. Owners and admins can change that under Sending.`,
    );
  }
  return ok({ id, keptHere: whyKept(input.environment) !== null });
}
