import { z } from "zod";
import { FINDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { FindingSeverity, NoticePace } from "@/prisma/generated/enums";

/** A member's choice of what to be told of: from which severity on, how often by mail, and which kinds not at all. */
export const noticeChoiceInput = z.strictObject({
  from: z.enum(FindingSeverity).or(z.literal("nothing")),
  pace: z.enum(NoticePace),
  muted: z.array(z.enum(FINDING_KINDS)).max(FINDING_KINDS.length),
});
export type NoticeChoice = z.infer<typeof noticeChoiceInput>;

/** Notices up to this time were seen. */
export const seenNoticesInput = z.strictObject({ until: z.iso.datetime() });
export type SeenNoticesInput = z.infer<typeof seenNoticesInput>;
