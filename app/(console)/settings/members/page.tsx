import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { InvitationsTable } from "@/components/members/invitations-table";
import { InviteDialog } from "@/components/members/invite-dialog";
import { MembersPager } from "@/components/members/members-pager";
import { MembersTable } from "@/components/members/members-table";
import { RequireSecondFactor } from "@/components/members/require-second-factor";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { listInvitations, listMembers } from "@/lib/people/members/list-members";
import { isSecondFactorRequired } from "@/lib/people/members/require-second-factor";
import { membersQuery } from "@/lib/people/members/schema";
import { now } from "@/lib/platform/clock";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { MembersSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Members" };

type MembersPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function MembersPage(props: MembersPageProps) {
  return <QuickOrSkeleton skeleton={<MembersSkeleton />} content={membersPage(props)} />;
}

async function membersPage({ searchParams }: MembersPageProps) {
  const actor = await requireActor();
  const { members, page, hasMore } = await listMembers(
    actor,
    membersQuery.parse(await searchParams),
  );
  const invitations = await listInvitations(actor, now());
  const mayManage = can(actor, "members.manage");
  const mayMakeOwners = can(actor, "owners.manage");
  return (
    <>
      <PageHeader
        title="Members"
        description="Who has access to this workspace, and what they can do."
        actions={
          mayManage && <InviteDialog mayMakeOwners={mayMakeOwners} canMail={canSendOwnMail()} />
        }
      />
      {!mayManage && (
        <Notice tone="info" className="mb-4">
          Owners and admins invite and change members. Ask one of them to make a change.
        </Notice>
      )}
      <MembersTable members={members} mayMakeOwners={mayMakeOwners} />
      <MembersPager page={page} hasMore={hasMore} />
      {can(actor, "workspace.require_second_factor") && (
        <RequireSecondFactor isRequired={await isSecondFactorRequired(actor)} />
      )}
      {invitations.length > 0 && (
        <section className="mt-8">
          <h2 className="mb-3 font-semibold text-lg">Pending invitations</h2>
          <InvitationsTable invitations={invitations} />
        </section>
      )}
      {mayManage && members.length === 1 && page === 1 && invitations.length === 0 && (
        <div className="mt-4">
          <EmptyState icon={UsersRound} title="Only you so far">
            Invite a second owner or admin, who can rotate or revoke a key while you are away.
          </EmptyState>
        </div>
      )}
    </>
  );
}
