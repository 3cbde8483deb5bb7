import type { Metadata } from "next";
import { headers } from "next/headers";
import { EditKeyFormPage } from "@/components/api-keys/edit/edit-key-form";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { habitOf } from "@/lib/access/budgets/habit";
import { audienceChoices } from "@/lib/mail/audiences/member-audiences";
import { domainChoices } from "@/lib/mail/sending-domains/member-domains";
import { memberChoices } from "@/lib/people/members/list-members";
import { unnamedProxyOf } from "@/lib/platform/edge/unnamed-proxy";
import { findKey } from "../find-key";
import { EditKeySkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Edit API key" };

type EditKeyPageProps = { params: Promise<{ keyId: string }> };

export default function EditKeyPage(props: EditKeyPageProps) {
  return <QuickOrSkeleton skeleton={<EditKeySkeleton />} content={editKeyPage(props)} />;
}

async function editKeyPage({ params }: EditKeyPageProps) {
  const { actor, key, at } = await findKey((await params).keyId);
  const others = await memberChoices(actor, "keys.manage_own");
  const audiences = await audienceChoices(actor, key.environment);
  const domains = await domainChoices(actor);
  const habit = await habitOf({ keyId: key.id }, at);
  const owners = [key.owner, ...others.filter(({ id }) => id !== key.owner.id)];
  return (
    <>
      <PageHeader
        title="Edit key"
        back={{ href: `/settings/api-keys/${key.id}`, label: key.name }}
      />
      <EditKeyFormPage
        apiKey={key}
        memberId={actor.memberId}
        members={owners}
        audiences={audiences}
        habit={habit}
        domains={domains}
        today={at}
        caller={{ address: actor.address, unnamedProxy: unnamedProxyOf(await headers()) }}
      />
    </>
  );
}
