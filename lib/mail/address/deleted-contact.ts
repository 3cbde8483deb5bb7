/**
 * The mark in place of a mailbox whose contact was deleted. It is an email and a mailbox by every rule, so that
 * whatever reads lists of them reads it too, and no mail can ever reach it (RFC 2606: nobody gets “.invalid”).
 */
export const DELETED_EMAIL = "deleted@contact.invalid";
/** The same where mailboxes have names. */
export const DELETED_MAILBOX = `Deleted contact <${DELETED_EMAIL}>`;

/** Whether a mailbox stands in place of that of a deleted contact. */
export function isDeletedMailbox(mailbox: string): boolean {
  return mailbox === DELETED_MAILBOX || mailbox === DELETED_EMAIL;
}
