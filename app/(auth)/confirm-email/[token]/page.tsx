import type { Metadata } from "next";
import { AuthHeading } from "@/components/auth/auth-heading";
import { ConfirmEmailForm } from "@/components/auth/confirm-email-form";
import { SignInLink } from "@/components/auth/sign-in-link";
import { emailOfConfirmLink } from "@/lib/people/accounts/confirm-email";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Confirm your new email" };

type Props = { params: Promise<{ token: string }> };

export default async function ConfirmEmailPage({ params }: Props) {
  const { token } = await params;
  const email = await emailOfConfirmLink(token, now());
  if (!email) return <DeadEnd />;
  return (
    <>
      <AuthHeading title="Confirm your new email">
        From now on you sign in with it, and mail about your account goes there.
      </AuthHeading>
      <ConfirmEmailForm token={token} email={email} />
    </>
  );
}

function DeadEnd() {
  return (
    <>
      <AuthHeading title="This link doesn't work">
        It was used, has expired, or is not whole. Ask for a new one on your account page.
      </AuthHeading>
      <SignInLink />
    </>
  );
}
