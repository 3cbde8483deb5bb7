import { DELETED_EMAIL } from "@/lib/mail/address/deleted-contact";
import { withoutEmail } from "@/lib/mail/address/without-mailbox";
import { linkHash } from "@/lib/mail/emails/campaign-counts";
import type { EmailEventDetail, NewEmailEvent } from "@/lib/mail/emails/email-events";
import type { Forgetting } from "@/lib/mail/emails/forgotten-recipients";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The reason for which an email does not go to a forgotten recipient. */
export const CONTACT_DELETED = "contact_deleted";

type StoredEvent = { id: string; emailId: string; type: EmailStatus; detail: EmailEventDetail };

/**
 * Takes the forgotten recipients out of what the events of these emails tell, and out of the links that a campaign's
 * report lists. Returns the events to record: of each email that is still to go out to one of them, that it does not.
 */
export async function forgetInEvents(
  tx: Transaction,
  emails: readonly Forgetting[],
): Promise<NewEmailEvent[]> {
  const ids = emails.map(({ id }) => id);
  const rows = await tx.emailEvent.findMany({
    where: { emailId: { in: ids } },
    select: { id: true, emailId: true, type: true, detail: true },
  });
  const events = rows.map(
    (row): StoredEvent => ({ ...row, detail: row.detail as EmailEventDetail }),
  );
  const byId = new Map(emails.map((email) => [email.id, email]));
  await storeDetails(tx, events, byId);
  await storeLinks(tx, events, byId);
  const open = emails.filter(({ isOpen }) => isOpen);
  return open.flatMap((email) => {
    const told = events.filter(({ emailId }) => emailId === email.id);
    return notSent(email, told);
  });
}

async function storeDetails(
  tx: Transaction,
  events: readonly StoredEvent[],
  emails: ReadonlyMap<string, Forgetting>,
): Promise<void> {
  const changed = events.flatMap(({ id, emailId, detail }) => {
    const email = emails.get(emailId);
    const after = email && detailWithout(email, detail);
    return after && JSON.stringify(after) !== JSON.stringify(detail) ? [{ id, detail: after }] : [];
  });
  if (changed.length === 0) return;
  await tx.$executeRaw`
    UPDATE email_event SET detail = given.detail
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS given (id text, detail jsonb)
    WHERE email_event.id = given.id`;
}

/** The details without the mailboxes, and without the program in which the person read. */
function detailWithout(
  { forgotten, spellings }: Forgetting,
  { userAgent: _, source: __, ...detail }: EmailEventDetail,
): EmailEventDetail {
  const { recipients, response, reason, url } = detail;
  const marked = recipients?.map((email) => (forgotten.has(email) ? DELETED_EMAIL : email));
  return {
    ...detail,
    ...(marked ? { recipients: [...new Set(marked)] } : {}),
    ...(response ? { response: withoutEmail(response, spellings) } : {}),
    ...(reason ? { reason: withoutEmail(reason, spellings) } : {}),
    ...(url ? { url: withoutEmail(url, spellings) } : {}),
  };
}

/** A link may carry the mailbox of its reader. Its counts stay, under the URL without it. */
async function storeLinks(
  tx: Transaction,
  events: readonly StoredEvent[],
  emails: ReadonlyMap<string, Forgetting>,
): Promise<void> {
  const changed = events.flatMap(({ emailId, detail: { url } }) => {
    const email = emails.get(emailId);
    if (!url || !email?.campaignId) return [];
    const after = withoutEmail(url, email.spellings);
    const { campaignId } = email;
    return after === url ? [] : [{ campaignId, urlHash: linkHash(url), url: after }];
  });
  if (changed.length === 0) return;
  await tx.$executeRaw`
    UPDATE campaign_link SET url = given.url
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
      AS given ("campaignId" text, "urlHash" text, url text)
    WHERE campaign_link.campaign_id = given."campaignId" AND campaign_link.url_hash = given."urlHash"`;
}

/** The events of an email that no longer goes to its forgotten recipients: it is canceled where nobody else is to get it. */
function notSent(
  { id: emailId, forgotten, recipients, others }: Forgetting,
  events: readonly StoredEvent[],
): NewEmailEvent[] {
  const settled = new Set(
    events
      .filter(({ type }) => type === "delivered" || type === "bounced" || type === "suppressed")
      .flatMap(({ detail }) => detail.recipients ?? []),
  );
  const waiting = recipients.filter((email) => forgotten.has(email) && !settled.has(email));
  if (waiting.length === 0) return [];
  const isOver = others.every((email) => settled.has(email));
  if (isOver) return [{ emailId, type: "canceled", detail: { reason: CONTACT_DELETED } }];
  const detail = { recipients: [DELETED_EMAIL], reason: CONTACT_DELETED };
  return [{ emailId, type: "suppressed", detail, moves: false }];
}
