import { DELETED_EMAIL, DELETED_MAILBOX } from "@/lib/mail/address/deleted-contact";
import { emailHash, emailHashes } from "@/lib/mail/address/email-hash";
import { emailIn } from "@/lib/mail/address/mailbox";
import { spellingsOfEmail } from "@/lib/mail/address/without-mailbox";
import { OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import type { EmailStatus } from "@/prisma/generated/enums";

/** The address lists of an email, as they are stored. */
type AddressLists = {
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  recipients: string[];
};

/** An email that names mailboxes which are to be forgotten, known by their hashes. */
export type StoredRecipients = AddressLists & {
  id: string;
  workspaceId: string;
  campaignId: string | null;
  status: EmailStatus;
  hashes: string[];
};

/** How an email forgets some of its recipients. */
export type Forgetting = {
  id: string;
  campaignId: string | null;
  /** Whether it is still to go out. */
  isOpen: boolean;
  /** The mailboxes that are forgotten: of recipients, or of whom it is answered to. */
  forgotten: ReadonlySet<string>;
  recipients: readonly string[];
  /** The recipients that are not forgotten. */
  others: readonly string[];
  /** Every way in which its texts may name the forgotten mailboxes. */
  spellings: readonly string[];
  marked: AddressLists;
  /** The hash of the first mailbox in “to” where that one is forgotten; else null. */
  recipientHash: string | null;
};

/** Finds the forgotten mailboxes of an email by their hashes, and its address lists without them. */
export function forgettingOf(email: StoredRecipients): Forgetting {
  const { id, workspaceId, campaignId, status, to, cc, bcc, replyTo, recipients } = email;
  const hashes = new Set(email.hashes);
  const isForgotten = (named: string) =>
    emailHashes(workspaceId, named).some((hash) => hashes.has(hash));
  const named = new Set([...recipients, ...[...to, ...cc, ...bcc, ...replyTo].map(emailIn)]);
  const forgotten = new Set([...named].filter(isForgotten));
  const inList = (mailboxes: readonly string[]) =>
    mailboxes.map((mailbox) => (forgotten.has(emailIn(mailbox)) ? DELETED_MAILBOX : mailbox));
  const first = to[0] ? emailIn(to[0]) : "";
  const others = recipients.filter((recipient) => !forgotten.has(recipient));
  return {
    id,
    campaignId,
    isOpen: (OPEN_STATUSES as readonly EmailStatus[]).includes(status),
    forgotten,
    recipients,
    others,
    spellings: [...forgotten].flatMap(spellingsOfEmail),
    marked: {
      to: inList(to),
      cc: inList(cc),
      bcc: inList(bcc),
      replyTo: inList(replyTo),
      recipients: others.length < recipients.length ? [...others, DELETED_EMAIL] : [...recipients],
    },
    recipientHash: forgotten.has(first) ? emailHash(workspaceId, first) : null,
  };
}
