import type { Metadata } from "next";
import { AuthHeading } from "@/components/auth/auth-heading";
import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { emailOfResetLink } from "@/lib/people/accounts/reset-password";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Set a new password" };

type Props = { params: Promise<{ token: string }> };

export default async function ResetPasswordPage({ params }: Props) {
  const { token } = await params;
  const email = await emailOfResetLink(token, now());
  if (!email) return <DeadEnd />;
  return (
    <>
      <AuthHeading title="Set a new password">
        Setting it signs you out in every browser. Your API keys keep working.
      </AuthHeading>
      <ResetPasswordForm token={token} email={email} />
    </>
  );
}

function DeadEnd() {
  return (
    <>
      <AuthHeading title="This link doesn't work">
        It was used, has expired, or is not whole. Ask for a new one.
      </AuthHeading>
      <Button asChild size="lg" className="w-full">
        <Link href="/forgot-password">Send another link</Link>
      </Button>
    </>
  );
}
