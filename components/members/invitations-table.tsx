"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { InvitationView } from "@/lib/members/list-members";
import { roleLabel } from "@/lib/members/roles";
import type { MemberActions } from "./member-actions";
import { PAGE_ID, returnFocusTo, rowButtonId } from "./return-focus";
import { useSubmission } from "./use-submission";

type InvitationsTableProps = {
  invitations: readonly InvitationView[];
  revokeInvitation: MemberActions["revokeInvitation"];
};

/** The links that were sent and not used yet. */
export function InvitationsTable({ invitations, revokeInvitation }: InvitationsTableProps) {
  const [revoking, setRevoking] = useState<InvitationView>();
  return (
    <>
      <Table label="Pending invitations">
        <thead>
          <Tr>
            <Th>Email</Th>
            <Th>Role</Th>
            <Th className="max-md:hidden">Invited by</Th>
            <Th className="max-md:hidden">Expires</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </Tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <Tr key={invitation.id}>
              <Td>
                {invitation.email}
                <div className="text-ink-2 text-xs md:hidden">
                  Expires <Time at={invitation.expiresAt} />
                </div>
              </Td>
              <Td className="whitespace-nowrap">{roleLabel(invitation.role)}</Td>
              <Td className="max-md:hidden">
                <bdi>{invitation.invitedBy}</bdi>
              </Td>
              <Td className="text-ink-2 max-md:hidden">
                <Time at={invitation.expiresAt} />
              </Td>
              <Td className="w-20 text-right">
                <Button
                  id={rowButtonId(invitation.id)}
                  variant="danger"
                  aria-label={`Revoke the invitation of ${invitation.email}`}
                  onClick={() => setRevoking(invitation)}
                >
                  Revoke
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {revoking && (
        <RevokeDialog
          invitation={revoking}
          revokeInvitation={revokeInvitation}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

type RevokeDialogProps = {
  invitation: InvitationView;
  revokeInvitation: MemberActions["revokeInvitation"];
  onClose: () => void;
};

function RevokeDialog({ invitation, revokeInvitation, onClose }: RevokeDialogProps) {
  const { pending, problem, done, submit } = useSubmission();

  async function revoke() {
    const answer = await submit(() => revokeInvitation({ invitationId: invitation.id }));
    if (answer === undefined) return;
    toast("The invitation was revoked");
    onClose();
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(done.current ? PAGE_ID : rowButtonId(invitation.id))}
        title="Revoke invitation"
        description={`The link sent to ${invitation.email} stops working. You can invite them again.`}
      >
        {problem && (
          <Notice tone="bad" role="alert">
            {problem}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="danger" pending={pending} onClick={() => void revoke()}>
            Revoke invitation
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
