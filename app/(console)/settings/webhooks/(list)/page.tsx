import { Plus, Webhook } from "lucide-react";
import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { WebhookTable } from "@/components/webhooks/webhook-table";
import { newWebhookUrl, webhooksList } from "@/components/webhooks/webhooks-url";
import { listMemberWebhooks } from "@/lib/access/webhooks/reading/member-webhooks";
import { webhooksPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { emptyPage } from "@/lib/platform/paging/page";
import { WebhooksSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Webhooks" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function WebhooksPage(props: Props) {
  return <QuickOrSkeleton skeleton={<WebhooksSkeleton />} content={webhooksPage(props)} />;
}

async function webhooksPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = webhooksPageQuery.parse(await searchParams);
  const { environment } = query;
  const page = await listMemberWebhooks(actor, query);
  const { rows: webhooks, nextCursor, previousCursor } = page.ok ? page.value : emptyPage<never>();
  const mayManage = can(actor, "webhooks.manage");
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Your own tools hear at once what happens here: each event is sent to a URL."
        actions={
          <>
            <EnvironmentSwitch value={environment} hrefs={environmentUrls(webhooksList)} />
            {mayManage && (
              <Button asChild variant="primary">
                <Link href={newWebhookUrl(environment)}>
                  <Plus aria-hidden />
                  Add webhook
                </Link>
              </Button>
            )}
          </>
        }
      />
      {webhooks.length > 0 ? (
        <WebhookTable webhooks={webhooks} />
      ) : (
        <EmptyState
          icon={Webhook}
          title={environment === "test" ? "No test webhooks yet" : "No webhooks yet"}
          action={
            <Button asChild>
              <Link href="/docs/webhooks">How webhooks work</Link>
            </Button>
          }
        >
          A webhook tells a CRM or shop within seconds that somebody unsubscribed or an email came
          back.{" "}
          {mayManage
            ? "Add one with the URL that your tool gives you."
            : "An admin or owner of your workspace can add one."}
        </EmptyState>
      )}
      <PageLinks
        newer={previousCursor && webhooksList.url({ environment, before: previousCursor })}
        older={nextCursor && webhooksList.url({ environment, after: nextCursor })}
      />
    </>
  );
}
