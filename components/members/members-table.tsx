"use client";

import { ShieldOff, UserMinus, UserPen } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Tag } from "@/components/ui/badge";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { rowButtonId } from "@/components/ui/return-focus";
import { RowMenu } from "@/components/ui/row-menu";
import { ActionsTh, Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { MemberRow } from "@/lib/people/members/list-members";
import { roleLabel } from "@/lib/people/members/roles";
import { countOf } from "@/lib/platform/format/number";
import { ChangeRoleDialog } from "./change-role-dialog";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { ResetSecondFactorDialog } from "./reset-second-factor-dialog";

type MembersTableProps = { members: readonly MemberRow[]; mayMakeOwners: boolean };

type Doing = { what: "role" | "removal" | "second factor"; member: MemberRow };

/** The members of the workspace. Who may manage them does so from a row's menu. */
export function MembersTable({ members, mayMakeOwners }: MembersTableProps) {
  const [doing, setDoing] = useState<Doing>();
  const stop = () => setDoing(undefined);
  return (
    <>
      <Table label="Members">
        <thead>
          <Tr>
            <Th>Name</Th>
            <Th>Role</Th>
            <Th className="max-md:hidden">API keys</Th>
            <Th className="max-md:hidden">Joined</Th>
            <ActionsTh />
          </Tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Tr key={member.id}>
              <NameCell member={member} />
              <Td className="whitespace-nowrap">{roleLabel(member.role)}</Td>
              <Td className="max-md:hidden">{member.keys || "None"}</Td>
              <Td className="text-ink-2 max-md:hidden">
                <Time at={member.joinedAt} />
              </Td>
              <Td className="w-12 text-right">
                {member.manageable && (
                  <MemberMenu member={member} onDo={(what) => setDoing({ what, member })} />
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {doing?.what === "role" && (
        <ChangeRoleDialog member={doing.member} mayMakeOwners={mayMakeOwners} onClose={stop} />
      )}
      {doing?.what === "second factor" && (
        <ResetSecondFactorDialog member={doing.member} onClose={stop} />
      )}
      {doing?.what === "removal" && <RemoveMemberDialog member={doing.member} onClose={stop} />}
    </>
  );
}

function NameCell({ member }: { member: MemberRow }) {
  return (
    <Td>
      <div className="flex items-center gap-2.5">
        <span className="max-md:hidden">
          <Avatar name={member.name} />
        </span>
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2 font-medium">
            <bdi>{member.name}</bdi>
            {member.isYou && <Tag>You</Tag>}
            {member.hasSecondFactor && <Tag>Second factor</Tag>}
          </div>
          <div className="text-ink-2 text-xs">{member.email}</div>
          <div className="text-ink-2 text-xs md:hidden">
            {member.keys === 0 ? "No keys" : countOf(member.keys, "key")}, joined{" "}
            <Time at={member.joinedAt} />
          </div>
        </div>
      </div>
    </Td>
  );
}

type MemberMenuProps = { member: MemberRow; onDo: (what: Doing["what"]) => void };

function MemberMenu({ member, onDo }: MemberMenuProps) {
  return (
    <RowMenu id={rowButtonId(member.id)} label={`Manage ${member.name}`}>
      <DropdownMenuItem onSelect={() => onDo("role")}>
        <UserPen aria-hidden />
        Change role
      </DropdownMenuItem>
      {!member.isYou && member.hasSecondFactor && (
        <DropdownMenuItem onSelect={() => onDo("second factor")}>
          <ShieldOff aria-hidden />
          Reset second factor
        </DropdownMenuItem>
      )}
      {!member.isYou && (
        <DropdownMenuItem tone="danger" onSelect={() => onDo("removal")}>
          <UserMinus aria-hidden />
          Remove
        </DropdownMenuItem>
      )}
    </RowMenu>
  );
}
