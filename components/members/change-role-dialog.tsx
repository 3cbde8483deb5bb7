"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { returnFocusTo, rowButtonId } from "@/components/ui/return-focus";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { changeRoleAction } from "@/lib/people/members/actions";
import type { MemberRow } from "@/lib/people/members/list-members";
import { roleLabel } from "@/lib/people/members/roles";
import type { Role } from "@/prisma/generated/enums";
import { RoleChoice } from "./role-choice";

type ChangeRoleDialogProps = {
  member: MemberRow;
  mayMakeOwners: boolean;
  onClose: () => void;
};

/** Gives a member another role. Says that it signs them out. */
export function ChangeRoleDialog(props: ChangeRoleDialogProps) {
  const { member, onClose } = props;
  const [role, setRole] = useState<Role>(member.role);
  const { pending, problem, submit, refreshIfRefused } = useSubmission();

  async function save() {
    if (role === member.role) return onClose();
    const done = await submit(() => changeRoleAction({ memberId: member.id, role }));
    if (done === undefined) return;
    toast(`${member.name} now has the role ${roleLabel(role)}`);
    onClose();
  }

  function close() {
    refreshIfRefused();
    onClose();
  }

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(rowButtonId(member.id))}
        title="Change role"
        description={<bdi>{`${member.name} has the role ${roleLabel(member.role)}.`}</bdi>}
      >
        <RoleChoice value={role} onChange={setRole} mayMakeOwners={props.mayMakeOwners} />
        <p className="mt-3 text-ink-2">
          {member.isYou
            ? "It takes effect at once. Your other browsers are signed out."
            : "It takes effect at once. They are signed out everywhere and have to sign in again."}
        </p>
        <DialogEnd problem={problem}>
          <Button variant="primary" pending={pending} onClick={() => void save()}>
            Change role
          </Button>
        </DialogEnd>
      </DialogContent>
    </Dialog>
  );
}
