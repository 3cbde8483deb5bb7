import type { EmailEventDetail, NewEmailEvent } from "@/lib/mail/emails/email-events";
import { suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

type Addressed = {
  id: string;
  workspaceId: string;
  environment: Environment;
  recipients: string[];
  campaignId: string | null;
  skipUnsubscribed: boolean;
};

/**
 * The recipients that are still to get an email. It leaves out those that have it, bounced or were suppressed,
 * as the email's events say. It also leaves out those suppressed since the email was queued, and returns the
 * events to record for them.
 */
export async function recipientsLeft(
  tx: Reader,
  { id: emailId, workspaceId, environment, recipients, ...email }: Addressed,
): Promise<{ left: string[]; events: NewEmailEvent[] }> {
  const told = await tx.emailEvent.findMany({
    where: { emailId, type: { in: ["delivered", "bounced", "suppressed"] } },
    select: { detail: true },
  });
  const settled = new Set(
    told.flatMap(({ detail }) => (detail as EmailEventDetail).recipients ?? []),
  );
  const waiting = recipients.filter((email) => !settled.has(email));
  const skipUnsubscribed = email.campaignId !== null || email.skipUnsubscribed;
  const group = { workspaceId, environment, emails: waiting, skipUnsubscribed };
  const [suppressed = []] = await suppressionsOf(tx, [group]);
  const kept = new Set(suppressed.map(({ email }) => email));
  const left = waiting.filter((email) => !kept.has(email));
  const events = suppressed.map(({ email, reason }): NewEmailEvent => {
    const detail = { recipients: [email], reason };
    return { emailId, type: "suppressed", detail, moves: left.length === 0 };
  });
  return { left, events };
}
