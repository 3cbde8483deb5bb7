import type { Metadata } from "next";
import { NotAllowed } from "@/components/shell/not-allowed";
import { TemplateForm } from "@/components/templates/template-form";
import { templatesList } from "@/components/templates/templates-url";
import { Tag } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { templatesPageQuery } from "@/lib/mail/templates/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";

export const metadata: Metadata = { title: "Create template" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewTemplatePage({ searchParams }: Props) {
  const actor = await requireActor();
  const { environment } = templatesPageQuery.parse(await searchParams);
  const back = { href: templatesList.url({ environment }), label: "Templates" };
  if (!can(actor, "campaigns.manage")) {
    return (
      <>
        <PageHeader title="Create template" back={back} />
        <NotAllowed
          title="Only marketers, admins and owners can write templates"
          instead={{ href: back.href, label: "See templates" }}
        />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Create template"
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={back}
      />
      <TemplateForm
        memberId={actor.memberId}
        start={{ name: "", subject: "", html: "", text: "", environment }}
      />
    </>
  );
}
