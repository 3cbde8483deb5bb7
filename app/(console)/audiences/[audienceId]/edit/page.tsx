import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AudienceForm } from "@/components/audiences/audience-form";
import { audienceAddress } from "@/components/audiences/audiences-address";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { audienceUse } from "@/lib/audiences/audience-use";
import { ruleChoices } from "@/lib/audiences/rule-choices";
import { can } from "@/lib/auth/permissions";
import { countOf } from "@/lib/format/number";
import { countRuleAction, createAudienceAction, editAudienceAction } from "../../actions";
import { findAudience } from "../find-audience";

export const metadata: Metadata = { title: "Edit rule" };

type Props = { params: Promise<{ audienceId: string }> };

export default async function EditAudiencePage({ params }: Props) {
  const { actor, audience } = await findAudience((await params).audienceId);
  const { id, name, rule, environment } = audience;
  if (!rule || !can(actor, "audiences.manage")) notFound();
  const use = await audienceUse(actor, { id });
  const keys = use.ok ? use.value.keys.length : 0;
  return (
    <>
      <PageHeader title="Edit rule" back={{ href: audienceAddress(audience), label: name }} />
      {keys > 0 && (
        <Notice tone="warn" className="mb-4 max-w-3xl">
          {countOf(keys, "key")} limited to this audience will reach whoever the new rule finds.
        </Notice>
      )}
      <AudienceForm
        audience={{ id, name, rule }}
        environment={environment}
        choices={await ruleChoices(actor, environment)}
        actions={{
          create: createAudienceAction,
          edit: editAudienceAction,
          count: countRuleAction,
        }}
      />
    </>
  );
}
