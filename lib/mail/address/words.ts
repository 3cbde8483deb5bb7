import { isDeletedMailbox } from "@/lib/mail/address/deleted-contact";

/** A mailbox as people read it. Safe in a browser. */
export function mailboxInWords(mailbox: string): string {
  return isDeletedMailbox(mailbox) ? "Deleted contact" : mailbox;
}
