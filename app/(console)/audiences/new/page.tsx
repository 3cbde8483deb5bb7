import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AudienceForm } from "@/components/audiences/audience-form";
import { audiencesAddress } from "@/components/audiences/audiences-address";
import { PageHeader } from "@/components/ui/page-header";
import { ruleChoices } from "@/lib/audiences/rule-choices";
import { audiencesPageQuery } from "@/lib/audiences/schema";
import { can } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { countRuleAction, createAudienceAction, editAudienceAction } from "../actions";

export const metadata: Metadata = { title: "Create audience" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewAudiencePage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!can(actor, "audiences.manage")) notFound();
  const { environment } = audiencesPageQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title={environment === "test" ? "Create test audience" : "Create audience"}
        description="A list for your tools to put contacts on, or a rule that finds them."
        back={{ href: audiencesAddress({ environment }), label: "Audiences" }}
      />
      <AudienceForm
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
