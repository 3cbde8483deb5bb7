"use client";

import { DeleteDialog } from "@/components/ui/delete-dialog";
import type { ContactProfile } from "@/lib/mail/contacts/member-contacts";
import type { ContactsPageQuery } from "@/lib/mail/contacts/schema";
import { deleteContactAction } from "@/lib/mail/erasure/actions";
import { contactsList } from "./contacts-url";

type DeleteContactDialogProps = {
  contact: Pick<ContactProfile["contact"], "id" | "email">;
  query: ContactsPageQuery;
};

/** Deletes a contact for good. */
export function DeleteContactDialog({ contact: { id, email }, query }: DeleteContactDialogProps) {
  return (
    <DeleteDialog
      name={email}
      kind="contact"
      remove={() => deleteContactAction({ id, environment: query.environment })}
      listHref={contactsList.url({ ...query, contact: "", timeline: "" })}
    >
      <ul className="grid list-disc gap-1.5 pl-5">
        <li>
          Their name, properties and events are deleted. Their email is taken out of emails,
          reports, exports and the audit log.
        </li>
        <li>
          Emails they got stay in lists and reports, without subject, text and attachments. Emails
          still to go to them alone are canceled.
        </li>
        <li>
          If they unsubscribed or bounced, they still get no mail: a code of their email stays.
        </li>
        <li>Connected tools learn of it when they next sync. This can’t be undone.</li>
      </ul>
    </DeleteDialog>
  );
}
