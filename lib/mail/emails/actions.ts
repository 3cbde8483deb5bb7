"use server";

import { setContentDays } from "@/lib/mail/emails/content-retention";
import { resumeSending } from "@/lib/mail/emails/member-pause";
import { cancelMemberEmail } from "@/lib/mail/emails/scheduled-emails";
import { contentDaysInput, emailIdInput } from "@/lib/mail/emails/schema";
import { memberAction } from "@/lib/people/auth/member-action";
import { nothingInput } from "@/lib/people/auth/schema";

export const cancelEmailAction = memberAction(emailIdInput, cancelMemberEmail, {
  refresh: "/emails",
});

export const setContentDaysAction = memberAction(contentDaysInput, setContentDays, {
  refresh: "/settings/sending",
});

export const resumeSendingAction = memberAction(nothingInput, resumeSending, {
  refresh: "/",
});
