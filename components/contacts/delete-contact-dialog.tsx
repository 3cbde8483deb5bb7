"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
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
  const router = useRouter();
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete contact
        </Button>
      }
      title="Delete contact"
      description={<bdi>{email}</bdi>}
      action="Delete contact"
      work={() => deleteContactAction({ id, environment: query.environment })}
      onDone={() => {
        toast("The contact is deleted");
        router.push(contactsList.url({ ...query, contact: "", timeline: "" }));
      }}
    >
      <ul className="grid list-disc gap-1.5 pl-5 text-ink-2">
        <li>
          The name, properties and events are deleted, and the email is taken out of everything.
        </li>
        <li>
          Emails they got keep their place in lists and reports, without subject, text and
          attachments. Emails still to go to them alone are canceled.
        </li>
        <li>If they unsubscribed or bounced, they stay on the suppression list, unnamed.</li>
        <li>Connected tools are told at their next sync. This can’t be undone.</li>
      </ul>
    </DangerDialog>
  );
}
