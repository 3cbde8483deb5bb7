import type { Metadata } from "next";
import { AuthHeading } from "@/components/auth/auth-heading";
import { JoinAsNewcomerForm, JoinWithAccountForm } from "@/components/auth/join-forms";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { currentActor } from "@/lib/people/auth/session";
import { findInvitation, type InvitationState } from "@/lib/people/members/join";
import { roleLabel } from "@/lib/people/members/roles";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Invitation" };

type Props = { params: Promise<{ token: string }> };

export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const invitation = await findInvitation(token, now());
  if (invitation.state !== "open") return <DeadEnd state={invitation.state} />;
  const { email, role, workspaceName, invitedBy, hasAccount } = invitation;
  const signedInAs = (await currentActor())?.email;
  const JoinForm = hasAccount ? JoinWithAccountForm : JoinAsNewcomerForm;
  return (
    <>
      <AuthHeading title={`Join ${workspaceName}`}>
        <bdi>{invitedBy}</bdi> invited you as {roleLabel(role).toLowerCase()}.
      </AuthHeading>
      {signedInAs && signedInAs !== email && (
        <Notice tone="info" className="mb-4">
          You are signed in as {signedInAs}. Joining signs you in as {email} instead.
        </Notice>
      )}
      <JoinForm token={token} email={email} submitLabel="Join workspace" />
    </>
  );
}

const DEAD_ENDS = {
  unknown: ["This link doesn't work", "Check that you copied all of it, or ask for a new one."],
  expired: [
    "This invitation has expired",
    "Invitations work for seven days. Ask the person who invited you for a new one.",
  ],
  used: [
    "This invitation has been used",
    "An invitation works once. If that was you, sign in. If not, tell the person who invited you.",
  ],
  revoked: [
    "This invitation was withdrawn",
    "A newer one may be on its way: ask the person who invited you.",
  ],
} satisfies Record<Exclude<InvitationState["state"], "open">, [string, string]>;

function DeadEnd({ state }: { state: keyof typeof DEAD_ENDS }) {
  const [title, explanation] = DEAD_ENDS[state];
  return (
    <>
      <AuthHeading title={title}>{explanation}</AuthHeading>
      <Button asChild size="lg" className="w-full">
        <Link href="/login">Sign in</Link>
      </Button>
    </>
  );
}
