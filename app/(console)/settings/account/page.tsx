import type { Metadata } from "next";
import { ChangePasswordForm } from "@/components/account/change-password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SecondFactorCard } from "@/components/account/second-factor-card";
import { SessionsCard } from "@/components/account/sessions-card";
import { WorkspaceNameForm } from "@/components/account/workspace-name-form";
import { NoticeChoiceForm } from "@/components/notices/notice-choice-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { FINDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { KIND_NAMES } from "@/lib/access/findings/kind/words";
import { isTold, noticeChoiceOf } from "@/lib/access/notices/notice-choice";
import { listSessions } from "@/lib/people/accounts/sessions";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { roleLabel } from "@/lib/people/members/roles";
import { secondFactorOf } from "@/lib/people/second-factor/status";
import { now } from "@/lib/platform/clock";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { AccountSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Account" };

export default function AccountPage() {
  return <QuickOrSkeleton skeleton={<AccountSkeleton />} content={accountPage()} />;
}

async function accountPage() {
  const actor = await requireActor();
  const sessions = await listSessions(actor, now());
  const secondFactor = await secondFactorOf(actor);
  return (
    <>
      <PageHeader
        title="Account"
        description={
          <>
            <bdi>{actor.name}</bdi>, {roleLabel(actor.role).toLowerCase()} of{" "}
            <bdi>{actor.workspaceName}</bdi>. Only you see this page.
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid gap-4">
          <SecondFactorCard status={secondFactor} />
          <SessionsCard sessions={sessions} />
          <Card>
            <CardHeader title="Password" />
            <CardBody>
              <p className="mb-4 text-ink-2">
                Changing your password signs out your other browsers. This one stays signed in.
              </p>
              <ChangePasswordForm email={actor.email} />
            </CardBody>
          </Card>
        </div>
        <div className="grid gap-4">
          <Card>
            <CardHeader title="Profile" />
            <CardBody>
              <ProfileForm name={actor.name} email={actor.email} canMail={canSendOwnMail()} />
            </CardBody>
          </Card>
          {isTold(actor) && (
            <Card id="notices">
              <CardHeader title="Notices" />
              <CardBody>
                <NoticeChoiceForm
                  choice={await noticeChoiceOf(actor)}
                  kinds={FINDING_KINDS.map((kind) => ({ kind, name: KIND_NAMES[kind] }))}
                  canMail={canSendOwnMail()}
                />
              </CardBody>
            </Card>
          )}
          {can(actor, "workspace.rename") && (
            <Card>
              <CardHeader title="Workspace" />
              <CardBody>
                <WorkspaceNameForm name={actor.workspaceName} />
              </CardBody>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}
