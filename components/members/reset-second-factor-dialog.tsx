"use client";

import { useRef } from "react";
import { RowDangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { resetSecondFactorAction } from "@/lib/people/members/actions";
import type { MemberRow } from "@/lib/people/members/list-members";

type ResetSecondFactorDialogProps = { member: MemberRow; onClose: () => void };

/** Takes a second factor off a colleague who has lost it. */
export function ResetSecondFactorDialog({ member, onClose }: ResetSecondFactorDialogProps) {
  const isMailed = useRef(false);
  return (
    <RowDangerDialog
      rowId={member.id}
      title="Reset second factor"
      description={<bdi>{member.name}</bdi>}
      action="Reset"
      work={async () => {
        const reset = await resetSecondFactorAction({ memberId: member.id });
        isMailed.current = reset.ok && reset.value.isMailed;
        return reset;
      }}
      onDone={() =>
        toast(
          isMailed.current
            ? `The second factor of ${member.name} is reset, and a mail to them is on its way`
            : `The second factor of ${member.name} is reset. Tell them: nobody else does`,
        )
      }
      onClose={onClose}
    >
      <p className="text-ink-2">
        For someone who lost it. They are signed out everywhere and then sign in with their password
        alone. Make sure that it is really them who asks you.
      </p>
    </RowDangerDialog>
  );
}
