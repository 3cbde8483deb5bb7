import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/auth/auth-heading";
import { SignIn } from "@/components/auth/sign-in";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { isFirstRun, isSignUpOpen } from "@/lib/people/accounts/sign-up";
import { safePath } from "@/lib/people/auth/safe-path";
import { actorSettingUp, currentActor, SET_UP_PATH } from "@/lib/people/auth/session";
import { readSessionClaims } from "@/lib/people/auth/session-cookie";
import { wordsForEnd } from "@/lib/people/auth/session-end";
import { now } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Sign in" };

type Query = { next?: string | string[]; password?: string | string[] };
type Props = { searchParams: Promise<Query> };

export default async function LoginPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safePath(query.next);
  if (await currentActor()) redirect(next);
  if (await actorSettingUp()) redirect(SET_UP_PATH);
  if (await isFirstRun()) redirect("/signup");
  return (
    <SignIn next={next} heading={<Heading passwordIsNew={query.password === "set"} />}>
      <p className="mt-6 text-sm">
        <Link href="/forgot-password" className="text-accent underline underline-offset-3">
          Forgot your password?
        </Link>
      </p>
      <p className="mt-3 text-ink-2 text-sm">
        No account yet? Ask an admin of your workspace for an invitation link
        {(await isSignUpOpen()) && (
          <>
            , or{" "}
            <Link href="/signup" className="text-accent underline underline-offset-3">
              create a workspace
            </Link>
          </>
        )}
        .
      </p>
    </SignIn>
  );
}

async function Heading({ passwordIsNew }: { passwordIsNew: boolean }) {
  const claims = passwordIsNew ? null : await readSessionClaims();
  return (
    <>
      <AuthHeading title="Sign in">Hand out API keys and see what they do.</AuthHeading>
      {passwordIsNew && (
        <Notice tone="ok" className="mb-5">
          Your new password is set. Sign in with it.
        </Notice>
      )}
      {claims && (
        <Notice tone="info" className="mb-5">
          {await wordsForEnd(claims, now())}
        </Notice>
      )}
    </>
  );
}
