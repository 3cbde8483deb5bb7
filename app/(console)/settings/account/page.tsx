import type { Metadata } from "next";
import { ChangePasswordForm } from "@/components/account/change-password-form";
import { SignOutEverywhere } from "@/components/account/sign-out-everywhere";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Fact, Facts } from "@/components/ui/facts";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/people/auth/session";
import { roleLabel } from "@/lib/people/members/roles";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await requireActor();
  const facts = [
    ["Name", actor.name],
    ["Email", actor.email],
    ["Role", `${roleLabel(actor.role)} of ${actor.workspaceName}`],
  ] as const;
  return (
    <>
      <PageHeader title="Account" description="Your profile, and how you sign in." />
      <div className="grid max-w-[640px] gap-4">
        <Card>
          <CardHeader title="You" />
          <CardBody>
            <Facts>
              {facts.map(([name, value]) => (
                <Fact key={name} name={name}>
                  <bdi>{value}</bdi>
                </Fact>
              ))}
            </Facts>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Password" />
          <CardBody>
            <p className="mb-4 text-ink-2">
              Changing your password signs out your other browsers. This one stays signed in.
            </p>
            <ChangePasswordForm email={actor.email} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Sessions" />
          <CardBody>
            <p className="mb-4 text-ink-2">
              Lost a laptop, or used someone else's? Sign out of every browser at once, including
              this one. API keys keep working.
            </p>
            <SignOutEverywhere />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
