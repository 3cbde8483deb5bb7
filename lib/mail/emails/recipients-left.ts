import type { EmailEventDetail, NewEmailEvent } from "@/lib/mail/emails/email-events";
import { suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

type Addressed = {
  id: string;
  workspaceId: string;
  environment: Environment;
  recipients: string[];
};

/**
 * Who is still to get an email: not who has it, bounced, or was left out, as its events say; and not who has
 * been suppressed since it was queued, which comes back as events to record.
 */
export async function recipientsLeft(
  tx: Reader,
  { id: emailId, workspaceId, environment, recipients }: Addressed,
): Promise<{ left: string[]; events: NewEmailEvent[] }> {
  const told = await tx.emailEvent.findMany({
    where: { emailId, type: { in: ["delivered", "bounced", "suppressed"] } },
    select: { detail: true },
  });
  const settled = new Set(
    told.flatMap(({ detail }) => (detail as EmailEventDetail).recipients ?? []),
  );
  const waiting = recipients.filter((address) => !settled.has(address));
  const group = { workspaceId, environment, addresses: waiting };
  const [suppressed = []] = await suppressionsOf(tx, [group]);
  const kept = new Set(suppressed.map(({ address }) => address));
  const left = waiting.filter((address) => !kept.has(address));
  const events = suppressed.map(({ address, reason }): NewEmailEvent => {
    const detail = { recipients: [address], reason };
    return { emailId, type: "suppressed", detail, moves: left.length === 0 };
  });
  return { left, events };
}
