import { LayoutTemplate, Plus } from "lucide-react";
import type { Metadata } from "next";
import { TemplateTable } from "@/components/templates/template-table";
import { newTemplateUrl, templatesList } from "@/components/templates/templates-url";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { listMemberTemplates } from "@/lib/mail/templates/member-templates";
import { templatesPageQuery } from "@/lib/mail/templates/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { emptyPage } from "@/lib/platform/paging/page";
import { TemplatesSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Templates" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function TemplatesPage(props: Props) {
  return <QuickOrSkeleton skeleton={<TemplatesSkeleton />} content={templatesPage(props)} />;
}

async function templatesPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = templatesPageQuery.parse(await searchParams);
  const { environment } = query;
  const page = await listMemberTemplates(actor, query);
  const { rows: templates, nextCursor, previousCursor } = page.ok ? page.value : emptyPage<never>();
  return (
    <>
      <PageHeader
        title="Templates"
        description="Messages you write once, filled in for each contact, for campaigns and your tools."
        actions={
          <>
            <EnvironmentSwitch value={environment} hrefs={environmentUrls(templatesList)} />
            {can(actor, "campaigns.manage") && (
              <Button asChild variant="primary">
                <Link href={newTemplateUrl(environment)}>
                  <Plus aria-hidden />
                  Create template
                </Link>
              </Button>
            )}
          </>
        }
      />
      {templates.length > 0 ? (
        <TemplateTable templates={templates} />
      ) : (
        <EmptyState
          icon={LayoutTemplate}
          title={environment === "test" ? "No test templates yet" : "No templates yet"}
          action={
            can(actor, "campaigns.manage") && (
              <Button asChild>
                <Link href={newTemplateUrl(environment)}>Create template</Link>
              </Button>
            )
          }
        >
          A template is a message with blanks, such as a name or an order number. Your shop can send
          order emails with it, and a campaign can start from it.
        </EmptyState>
      )}
      <PageLinks
        newer={previousCursor && templatesList.url({ environment, before: previousCursor })}
        older={nextCursor && templatesList.url({ environment, after: nextCursor })}
      />
    </>
  );
}
