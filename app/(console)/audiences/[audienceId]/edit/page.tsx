import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AudienceForm } from "@/components/audiences/audience-form";
import { audienceUrl } from "@/components/audiences/audiences-url";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { audienceUse } from "@/lib/mail/audiences/audience-use";
import { ruleChoices } from "@/lib/mail/audiences/rule-choices";
import { can } from "@/lib/people/auth/permissions";
import { countOf } from "@/lib/platform/format/number";
import { findAudience } from "../find-audience";

export const metadata: Metadata = { title: "Edit rule" };

type Props = { params: Promise<{ audienceId: string }> };

export default async function EditAudiencePage({ params }: Props) {
  const { actor, audience } = await findAudience((await params).audienceId);
  const { id, name, rule, environment } = audience;
  const back = { href: audienceUrl(audience), label: name };
  // A list is changed on its own page.
  if (!rule) redirect(back.href);
  if (!can(actor, "audiences.manage")) {
    return (
      <>
        <PageHeader title="Edit rule" back={back} />
        <NotAllowed
          title="Only marketers, admins and owners can change audiences"
          instead={{ href: back.href, label: "See this audience" }}
        />
      </>
    );
  }
  const use = await audienceUse(actor, { id });
  const keys = use.ok ? use.value.keys.length : 0;
  return (
    <>
      <PageHeader title="Edit rule" back={back} />
      {keys > 0 && (
        <Notice tone="warn" className="mb-4 max-w-3xl">
          {countOf(keys, "key")} limited to this audience will reach the contacts that the new rule
          finds.
        </Notice>
      )}
      <AudienceForm
        memberId={actor.memberId}
        audience={{ id, name, rule }}
        environment={environment}
        choices={await ruleChoices(actor, environment)}
      />
    </>
  );
}
