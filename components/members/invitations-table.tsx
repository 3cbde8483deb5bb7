"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RowDangerDialog } from "@/components/ui/danger-dialog";
import { rowButtonId } from "@/components/ui/return-focus";
import { ActionsTh, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { revokeInvitationAction } from "@/lib/people/members/actions";
import type { InvitationRow } from "@/lib/people/members/list-members";
import { roleLabel } from "@/lib/people/members/roles";

type InvitationsTableProps = { invitations: readonly InvitationRow[] };

/** The links that were sent and not used yet. */
export function InvitationsTable({ invitations }: InvitationsTableProps) {
  const [revoking, setRevoking] = useState<InvitationRow>();
  return (
    <>
      <Table label="Pending invitations">
        <thead>
          <Tr>
            <Th>Email</Th>
            <Th>Role</Th>
            <Th className="max-md:hidden">Invited by</Th>
            <Th className="max-md:hidden">Expires</Th>
            <ActionsTh />
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
      {revoking && <RevokeDialog invitation={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

type RevokeDialogProps = { invitation: InvitationRow; onClose: () => void };

function RevokeDialog({ invitation, onClose }: RevokeDialogProps) {
  const { id, email } = invitation;
  return (
    <RowDangerDialog
      rowId={id}
      onClose={onClose}
      title="Revoke invitation"
      description={`The link sent to ${email} stops working. You can invite them again.`}
      action="Revoke invitation"
      work={() => revokeInvitationAction({ invitationId: id })}
      onDone={() => toast("The invitation was revoked")}
    />
  );
}
