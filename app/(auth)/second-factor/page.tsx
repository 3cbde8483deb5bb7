import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RequiredFactor } from "@/components/account/required-factor";
import { AuthHeading } from "@/components/auth/auth-heading";
import { safePath } from "@/lib/people/auth/safe-path";
import { actorSettingUp } from "@/lib/people/auth/session";

export const metadata: Metadata = { title: "Set up a second factor" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function RequiredFactorPage({ searchParams }: Props) {
  const next = safePath((await searchParams).next);
  const actor = await actorSettingUp();
  if (!actor) redirect(next);
  return (
    <>
      <AuthHeading title="Set up a second factor">
        <bdi>{actor.workspaceName}</bdi> requires one of everybody. A passkey is quickest: your
        fingerprint, face or screen lock.
      </AuthHeading>
      <RequiredFactor next={next} />
    </>
  );
}
