"use client";

import { RowDangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { resetSecondFactorAction } from "@/lib/people/members/actions";
import type { MemberRow } from "@/lib/people/members/list-members";

type ResetSecondFactorDialogProps = { member: MemberRow; onClose: () => void };

/** Takes a second factor off a colleague who has lost it. */
export function ResetSecondFactorDialog({ member, onClose }: ResetSecondFactorDialogProps) {
  return (
    <RowDangerDialog
      rowId={member.id}
      title="Reset second factor"
      description={<bdi>{member.name}</bdi>}
      action="Reset"
      work={() => resetSecondFactorAction({ memberId: member.id })}
      onDone={() => toast(`The second factor of ${member.name} is reset`)}
      onClose={onClose}
    >
      <p className="text-ink-2">
        For someone who lost it. They are signed out everywhere and then sign in with their password
        alone. Make sure that it is really them who asks you.
      </p>
    </RowDangerDialog>
  );
}
