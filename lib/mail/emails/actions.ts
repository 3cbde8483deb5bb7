"use server";

import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { emailIdInput } from "@/lib/mail/emails/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const cancelEmailAction = memberAction(emailIdInput, cancelMemberEmail, {
  refresh: "/emails",
});
