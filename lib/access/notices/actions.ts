"use server";

import { chooseNotices } from "@/lib/access/notices/notice-choice";
import { markNoticesSeen } from "@/lib/access/notices/read-notices";
import { noticeChoiceInput, seenNoticesInput } from "@/lib/access/notices/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const chooseNoticesAction = memberAction(noticeChoiceInput, chooseNotices, { refresh: "/" });

/** Refreshes nothing: what is new stays on the page as such until its reader leaves it. */
export const markNoticesSeenAction = memberAction(seenNoticesInput, markNoticesSeen);
