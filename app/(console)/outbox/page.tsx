import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { EmailList } from "@/components/emails/email-list";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { EmptyState } from "@/components/ui/empty-state";
import { EnvironmentSwitch } from "@/components/ui/environment-switch";
import { environmentUrls } from "@/components/ui/list-page";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { whyKept } from "@/lib/mail/emails/mail-server";
import { getEmailDetails, listMemberEmails, senderChoices } from "@/lib/mail/emails/member-emails";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { emptyPage } from "@/lib/platform/paging/page";
import { OutboxSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Outbox" };

const PAGE = "/outbox";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function OutboxPage(props: Props) {
  return <QuickOrSkeleton skeleton={<OutboxSkeleton />} content={outboxPage(props)} />;
}

async function outboxPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = emailsPageQuery.parse(await searchParams);
  const emails = await listMemberEmails(actor, query, "outbox");
  const senders = await senderChoices(actor, query.environment);
  const opened = query.email ? await getEmailDetails(actor, { id: query.email }) : null;
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Emails kept here instead of being sent."
        actions={
          <EnvironmentSwitch value={query.environment} hrefs={environmentUrls(EMAIL_LISTS[PAGE])} />
        }
      />
      <WhyHere isTest={query.environment === "test"} />
      <EmailList
        page={PAGE}
        query={query}
        emails={emails.ok ? emails.value : emptyPage()}
        opened={opened?.ok ? opened.value : null}
        mayCancel={can(actor, "emails.cancel")}
        senders={senders}
        isKept
        empty={
          <EmptyState icon={Inbox} title="The Outbox is empty">
            Send an email with a test key and read it here. Nobody else receives it.
          </EmptyState>
        }
      />
    </>
  );
}

function WhyHere({ isTest }: { isTest: boolean }) {
  if (isTest) {
    return (
      <Notice tone="info" className="mb-4">
        Emails sent with test keys always stay here. Nobody receives them.
      </Notice>
    );
  }
  if (!whyKept("live")) {
    return (
      <Notice tone="info" className="mb-4">
        A mail server is set up, so live emails go out. Only emails from before that stay here.
      </Notice>
    );
  }
  return (
    <Notice tone="warn" className="mb-4">
      No mail server is set up, so live emails stay here. To send them, set{" "}
      <code className="font-mono text-xs">SMTP_URL</code> on the server, such as{" "}
      <code className="break-all font-mono text-xs">smtp://user:password@mail.example.com:587</code>
      , and restart it.
    </Notice>
  );
}
