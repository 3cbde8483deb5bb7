import type { HideFirstStepsInput } from "@/lib/access/first-steps/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** Puts the checklist of first steps away, for this member and for good. */
export async function hideFirstSteps(
  { memberId }: MemberActor,
  _input: HideFirstStepsInput,
  now: Date,
): Promise<Result<null, never>> {
  await transact((tx) =>
    tx.member.updateMany({
      where: { id: memberId, firstStepsHiddenAt: null },
      data: { firstStepsHiddenAt: now },
    }),
  );
  return ok(null);
}
