"use server";

import { chooseNotices } from "@/lib/access/notices/notice-choice";
import { markNoticesSeen } from "@/lib/access/notices/read-notices";
import { noticeChoiceInput, seenNoticesInput } from "@/lib/access/notices/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const chooseNoticesAction = memberAction(noticeChoiceInput, chooseNotices, { refresh: "/" });

/** Every page shows whether there is something new. */
export const markNoticesSeenAction = memberAction(seenNoticesInput, markNoticesSeen, {
  refresh: "/",
});
