"use server";

import { deleteMemberContact } from "@/lib/mail/erasure/delete-contact";
import { deleteContactInput } from "@/lib/mail/erasure/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const deleteContactAction = memberAction(deleteContactInput, deleteMemberContact, {
  refresh: "/contacts",
});
