"use server";

import { resumeSending } from "@/lib/mail/emails/member-pause";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { emailIdInput } from "@/lib/mail/emails/schema";
import { memberAction } from "@/lib/people/auth/member-action";
import { nothingInput } from "@/lib/people/auth/schema";

export const cancelEmailAction = memberAction(emailIdInput, cancelMemberEmail, {
  refresh: "/emails",
});

export const resumeSendingAction = memberAction(nothingInput, resumeSending, {
  refresh: "/",
});
