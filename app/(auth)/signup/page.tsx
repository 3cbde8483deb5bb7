import type { Metadata } from "next";
import Link from "next/link";
import { AuthHeading } from "@/components/auth/auth-heading";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { Button } from "@/components/ui/button";
import { isFirstRun, isSignUpOpen } from "@/lib/people/accounts/sign-up";

export const metadata: Metadata = { title: "Create a workspace" };
/** Whether it is open changes with the first sign-up, so it is never built ahead of time. */
export const dynamic = "force-dynamic";

export default async function SignUpPage() {
  if (!(await isSignUpOpen())) return <Closed />;
  return (
    <>
      <AuthHeading title="Create your workspace">
        A workspace holds your team, your API keys and the record of what they did. You become its
        owner.
      </AuthHeading>
      <SignUpForm />
      {!(await isFirstRun()) && (
        <p className="mt-6 text-ink-2 text-sm">
          Have an account?{" "}
          <Link href="/login" className="text-accent underline underline-offset-3">
            Sign in
          </Link>
        </p>
      )}
    </>
  );
}

function Closed() {
  return (
    <>
      <AuthHeading title="Sign-up is closed">
        There is a workspace here already. To join it, ask one of its owners or admins for an
        invitation link: they make one under Settings → Members.
      </AuthHeading>
      <Button asChild size="lg" className="w-full">
        <Link href="/login">Sign in instead</Link>
      </Button>
    </>
  );
}
