import { type FindingKind, isFindingKind } from "@/lib/access/findings/kind/kinds";
import type { NoticeChoice } from "@/lib/access/notices/schema";
import { tellMembers } from "@/lib/access/notices/tell-members";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/** Whether a member can be told of findings: those who may see to them are. */
export function isTold(actor: MemberActor): boolean {
  return can(actor, "keys.manage_own");
}

/** The member's own choice of what to be told of. */
export async function noticeChoiceOf({ memberId }: MemberActor): Promise<NoticeChoice> {
  const member = await reader().member.findUnique({
    where: { id: memberId },
    select: { noticeFrom: true, noticePace: true, noticeMuted: true },
  });
  if (!member) throw new Error("The member is gone.");
  const { noticeFrom, noticePace, noticeMuted } = member;
  const muted = noticeMuted.filter((kind): kind is FindingKind => isFindingKind(kind));
  return { from: noticeFrom ?? "nothing", pace: noticePace, muted };
}

/** Changes what the member is told of, from now on. `forbidden` for one who may not see to findings. */
export async function chooseNotices(
  actor: MemberActor,
  { from, pace, muted }: NoticeChoice,
  now: Date,
): Promise<Result<null, "forbidden">> {
  if (!isTold(actor)) {
    return fail("forbidden", "Your role can't see to findings, so there is nothing to tell you.");
  }
  await transact((tx) =>
    tx.member.update({
      where: { id: actor.memberId },
      data: {
        noticeFrom: from === "nothing" ? null : from,
        noticePace: pace,
        noticeMuted: [...new Set(muted)],
      },
    }),
  );
  // A mail that waits for its day comes at the new pace.
  await tellMembers(now, actor.workspaceId);
  return ok(null);
}
