import { claimAmongOthers } from "@/lib/mail/emails/claim-emails";
import { composeMessage } from "@/lib/mail/emails/compose";
import { handOverCounts } from "@/lib/mail/emails/hand-over-counts";
import { type MailServer, mailServer } from "@/lib/mail/emails/mail-server";
import { recordAmongOthers } from "@/lib/mail/emails/record-hand-overs";
import { withoutEmails } from "@/lib/mail/emails/refusals";
import { type StoredEmail, withStoredEmail } from "@/lib/mail/emails/stored-email";
import { log } from "@/lib/platform/log";
import { inSpan } from "@/lib/platform/tracing/tracing";

/**
 * Delivers one email that is due: claims it, hands it over, and records the outcome. The claim is committed
 * before the message reaches the mail server, so a second delivery of the same email waits. If this process
 * dies in between, the next one finds the claim and records that the message may go out twice
 * (docs/decisions/email-delivery.md). Claims and records share their transactions with those of other emails. The
 * clock is read again after the hand-over, which takes a while.
 */
export async function deliverEmail(
  emailId: string,
  clock: () => Date,
  server: MailServer | null = mailServer(),
): Promise<void> {
  if (server) await withStoredEmail(emailId, (email) => handOver(email, clock, server));
  else await claimAmongOthers(emailId, false, clock);
}

async function handOver(email: StoredEmail, clock: () => Date, server: MailServer): Promise<void> {
  const { id: emailId } = email;
  const message = await composeMessage(email);
  const claimed = await claimAmongOthers(emailId, true, clock);
  if (!claimed) return;
  const result = await inSpan(
    () => ({
      name: "hand over email",
      kind: "client",
      attributes: { "postern.email_id": emailId },
    }),
    async (span) => {
      const outcome = await server.handOver({ ...message, to: claimed.recipients });
      span?.add({ "postern.outcome": outcome.outcome });
      if (outcome.outcome !== "accepted") span?.fail(outcome.outcome);
      return outcome;
    },
  );
  handOverCounts()[result.outcome] += 1;
  if (result.outcome === "unavailable") {
    const response = withoutEmails(result.response);
    log.warn({ emailId, response }, "the mail server did not take an email now");
  }
  await recordAmongOthers(claimed, result, clock);
}
