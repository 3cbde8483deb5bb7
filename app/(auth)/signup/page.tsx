import type { Metadata } from "next";
import { AuthHeading } from "@/components/auth/auth-heading";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { isFirstRun, isSignUpOpen } from "@/lib/people/accounts/sign-up";

export const metadata: Metadata = { title: "Create a workspace" };
/** Whether it is open changes with the first sign-up, so it is never built ahead of time. */
export const dynamic = "force-dynamic";

export default async function SignUpPage() {
  if (!(await isSignUpOpen())) return <Closed />;
  return (
    <>
      <AuthHeading title="Create your workspace">
        A workspace holds your team, your API keys and a record of what they do. You will be its
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
        There is already a workspace here. To join it, ask an owner or admin for an invitation link.
        They create one under Settings → Members.
      </AuthHeading>
      <Button asChild size="lg" className="w-full">
        <Link href="/login">Sign in instead</Link>
      </Button>
    </>
  );
}
