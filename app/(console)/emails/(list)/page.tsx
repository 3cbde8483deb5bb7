import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { newKeyUrl } from "@/components/api-keys/new/new-key-url";
import { EmailList } from "@/components/emails/email-list";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { Link } from "@/components/ui/link";
import { environmentUrls } from "@/components/ui/list-page";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { whyKept } from "@/lib/mail/emails/mail-server";
import { getEmailDetails, listMemberEmails, senderChoices } from "@/lib/mail/emails/member-emails";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { emptyPage } from "@/lib/platform/paging/page";
import { EmailsSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Emails" };

const PAGE = "/emails";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function EmailsPage(props: Props) {
  return <QuickOrSkeleton skeleton={<EmailsSkeleton />} content={emailsPage(props)} />;
}

async function emailsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = emailsPageQuery.parse(await searchParams);
  const emails = await listMemberEmails(actor, query, "emails");
  const senders = await senderChoices(actor, query.environment);
  const opened = query.email ? await getEmailDetails(actor, { id: query.email }) : null;
  return (
    <>
      <PageHeader
        title="Emails"
        description="What your tools and campaigns sent, newest first."
        actions={
          <EnvironmentSwitch value={query.environment} hrefs={environmentUrls(EMAIL_LISTS[PAGE])} />
        }
      />
      <EmailList
        page={PAGE}
        query={query}
        emails={emails.ok ? emails.value : emptyPage()}
        opened={opened?.ok ? opened.value : null}
        mayCancel={can(actor, "emails.cancel")}
        senders={senders}
        isKept={whyKept(query.environment) !== null}
        empty={
          <EmptyState
            icon={Mail}
            title={query.environment === "test" ? "No test emails yet" : "No emails yet"}
            action={
              can(actor, "keys.create") && (
                <Button asChild variant="primary">
                  <Link href={newKeyUrl("transactional-email")}>Connect a shop</Link>
                </Button>
              )
            }
          >
            Connect your shop with an API key. Its order emails show up here, each with its status.
          </EmptyState>
        }
      />
    </>
  );
}
