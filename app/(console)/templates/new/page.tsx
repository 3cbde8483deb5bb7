import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TemplateForm } from "@/components/templates/template-form";
import { templatesAddress } from "@/components/templates/templates-address";
import { Tag } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { templatesPageQuery } from "@/lib/templates/schema";

export const metadata: Metadata = { title: "Create template" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewTemplatePage({ searchParams }: Props) {
  if (!can(await requireActor(), "campaigns.manage")) notFound();
  const { environment } = templatesPageQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Create template"
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={{ href: templatesAddress({ environment }), label: "Templates" }}
      />
      <TemplateForm start={{ name: "", subject: "", html: "", text: "", environment }} />
    </>
  );
}
