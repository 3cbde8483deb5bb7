import type { NoticeChoice } from "@/lib/access/notices/schema";
import type { NoticePace } from "@/prisma/generated/enums";

/** The choices of what a member is told of, in words. */
export const FROM_WORDS: Record<NoticeChoice["from"], string> = {
  urgent: "Urgent only",
  soon: "Urgent and soon",
  tidy: "Everything",
  nothing: "Nothing",
};

/** The choices of how often a member is mailed, in words. */
export const PACE_WORDS: Record<NoticePace, string> = {
  at_once: "At once",
  daily: "Once a day, at 07:00 UTC",
  weekly: "Once a week, on Monday at 07:00 UTC",
};
