"use server";

import { resumeSending } from "@/lib/mail/emails/member-pause";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { emailIdInput, resumeSendingInput } from "@/lib/mail/emails/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const cancelEmailAction = memberAction(emailIdInput, cancelMemberEmail, {
  refresh: "/emails",
});

export const resumeSendingAction = memberAction(resumeSendingInput, resumeSending, {
  refresh: "/",
});
