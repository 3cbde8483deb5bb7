import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { MessagePreview } from "@/components/messages/message-preview";
import { DeleteTemplateDialog } from "@/components/templates/delete-template-dialog";
import { TemplateForm } from "@/components/templates/template-form";
import { templatesList } from "@/components/templates/templates-url";
import { Tag } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { getMemberTemplate } from "@/lib/mail/templates/member-templates";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";

type Props = { params: Promise<{ templateId: string }> };

const findTemplate = cache(async (id: string) => {
  const actor = await requireActor();
  const found = await getMemberTemplate(actor, { id });
  if (!found.ok) notFound();
  return { actor, template: found.value };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { template } = await findTemplate((await params).templateId);
  return { title: template.name };
}

export default async function TemplatePage({ params }: Props) {
  const { actor, template } = await findTemplate((await params).templateId);
  const { id, name, subject, html, text, environment } = template;
  const mayManage = can(actor, "campaigns.manage");
  return (
    <>
      <PageHeader
        title={name}
        description={
          <>
            Tools send it by its id, <code className="font-mono text-xs">{id}</code>
          </>
        }
        badge={environment === "test" && <Tag line="dashed">Test</Tag>}
        back={{ href: templatesList.url({ environment }), label: "Templates" }}
        actions={mayManage && <DeleteTemplateDialog template={{ id, name, environment }} />}
      />
      {mayManage ? (
        <TemplateForm
          memberId={actor.memberId}
          edited={{ id, updatedAt: template.updatedAt.toISOString() }}
          start={{ name, subject, html, text, environment }}
        />
      ) : (
        <div className="grid max-w-[680px] gap-4">
          <Notice tone="info">Marketers, admins and owners can change templates.</Notice>
          <MessagePreview
            message={{ subject, html, text }}
            environment={environment}
            sentBy="key"
            audienceId=""
          />
        </div>
      )}
    </>
  );
}
