import type { Metadata } from "next";
import { AudienceForm } from "@/components/audiences/audience-form";
import { audiencesList } from "@/components/audiences/audiences-url";
import { NotAllowed } from "@/components/shell/not-allowed";
import { Tag } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { ruleChoices } from "@/lib/mail/audiences/rule-choices";
import { audiencesPageQuery } from "@/lib/mail/audiences/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";

export const metadata: Metadata = { title: "Create audience" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewAudiencePage({ searchParams }: Props) {
  const actor = await requireActor();
  const { environment } = audiencesPageQuery.parse(await searchParams);
  const back = { href: audiencesList.url({ environment }), label: "Audiences" };
  if (!can(actor, "audiences.manage")) {
    return (
      <>
        <PageHeader title="Create audience" back={back} />
        <NotAllowed
          title="Only marketers, admins and owners can create audiences"
          instead={{ href: back.href, label: "See audiences" }}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Create audience"
        description="A list that your tools fill, or a rule that finds contacts."
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={back}
      />
      <AudienceForm
        memberId={actor.memberId}
        environment={environment}
        choices={await ruleChoices(actor, environment)}
      />
    </>
  );
}
