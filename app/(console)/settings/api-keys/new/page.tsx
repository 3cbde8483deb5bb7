import type { Metadata } from "next";
import { headers } from "next/headers";
import { NewKeyFormPage } from "@/components/api-keys/new/new-key-form";
import { NEW_KEY_ICONS } from "@/components/api-keys/new/new-key-icons";
import { prefillFrom } from "@/components/api-keys/new/new-key-prefill";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { countAudiences } from "@/lib/mail/audiences/count-audiences";
import { audienceChoices } from "@/lib/mail/audiences/member-audiences";
import { countContacts } from "@/lib/mail/contacts/count-contacts";
import { domainChoices } from "@/lib/mail/sending-domains/member-domains";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { unnamedProxyOf } from "@/lib/platform/edge/unnamed-proxy";
import type { Environment } from "@/prisma/generated/enums";

export const metadata: Metadata = { title: "Create API key" };

type NewKeyPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewKeyPage({ searchParams }: NewKeyPageProps) {
  const actor = await requireActor();
  const header = (
    <PageHeader title="Create API key" back={{ href: "/settings/api-keys", label: "API keys" }} />
  );
  if (!can(actor, "keys.create")) {
    return (
      <>
        {header}
        <NotAllowed
          title="Only marketers, admins and owners can create keys"
          instead={{ href: "/settings/api-keys", label: "See API keys" }}
        />
      </>
    );
  }
  const moment = now();
  const { values, leftOut } = prefillFrom(await searchParams);
  const [live, test, liveAudiences, testAudiences, domains] = await Promise.all([
    holdingsOf(actor, "live", moment),
    holdingsOf(actor, "test", moment),
    audienceChoices(actor, "live"),
    audienceChoices(actor, "test"),
    domainChoices(actor),
  ]);
  return (
    <>
      {header}
      {leftOut.length > 0 && (
        <Notice tone="info" className="mb-5 max-w-[680px]">
          Not everything in the link could be used: {leftOut.join(", ")}. Check the rest before you
          generate the key.
        </Notice>
      )}
      <NewKeyFormPage
        start={values}
        icons={NEW_KEY_ICONS}
        memberId={actor.memberId}
        today={moment.toISOString()}
        caller={{ address: actor.address, unnamedProxy: unnamedProxyOf(await headers()) }}
        holdings={{ live, test }}
        audiences={{ live: liveAudiences, test: testAudiences }}
        domains={domains}
      />
    </>
  );
}

async function holdingsOf(actor: MemberActor, environment: Environment, at: Date) {
  const [contacts, audiences] = await Promise.all([
    countContacts(actor, { environment }, at),
    countAudiences(actor, { environment }),
  ]);
  return { contacts, audiences };
}
