import type { Metadata } from "next";
import { AuthHeading } from "@/components/auth/auth-heading";
import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { SignInLink } from "@/components/auth/sign-in-link";
import { Notice } from "@/components/ui/notice";
import { canSendOwnMail } from "@/lib/platform/own-mail";

export const metadata: Metadata = { title: "Forgot your password?" };

export default function ForgotPasswordPage() {
  const sends = canSendOwnMail();
  return (
    <>
      <AuthHeading title="Forgot your password?">
        {sends ? "We send you a link to set a new one." : "A link lets you set a new one."} Your API
        keys keep working.
      </AuthHeading>
      {sends ? <ForgotPasswordForm /> : <WithoutMailServer />}
      <SignInLink />
    </>
  );
}

function WithoutMailServer() {
  return (
    <Notice tone="info">
      <p>This Postern can't send mail yet. Ask whoever runs it for a link. They make one with</p>
      <code className="mt-2 block break-all font-mono text-xs">
        npm run reset-password -- you@example.com
      </code>
    </Notice>
  );
}
