import type { Metadata } from "next";
import { ContentDaysCard } from "@/components/sending/content-days-card";
import { DomainsCard } from "@/components/sending/domains-card";
import { SuppressionsCard } from "@/components/sending/suppressions-card";
import { NotAllowed } from "@/components/shell/not-allowed";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { contentDaysOf } from "@/lib/mail/emails/content-retention";
import { listDomains } from "@/lib/mail/sending-domains/member-domains";
import { listSuppressions } from "@/lib/mail/suppressions/member-suppressions";
import { sendingPageQuery } from "@/lib/mail/suppressions/schema";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { SendingSkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Sending" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function SendingPage(props: Props) {
  return <QuickOrSkeleton skeleton={<SendingSkeleton />} content={sendingPage(props)} />;
}

async function sendingPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!can(actor, "sending.manage")) {
    return (
      <>
        <PageHeader title="Sending" />
        <NotAllowed
          title="Only admins and owners can set up sending"
          instead={{ href: "/emails", label: "See emails" }}
        />
      </>
    );
  }
  const query = sendingPageQuery.parse(await searchParams);
  const domains = await listDomains(actor);
  const suppressions = await listSuppressions(actor, query);
  return (
    <>
      <PageHeader
        title="Sending"
        description="Which domains you send from, who gets no email, and how long texts are kept."
      />
      <DomainsCard domains={domains.ok ? domains.value : []} />
      <SuppressionsCard
        page={suppressions.ok ? suppressions.value : { rows: [], nextCursor: null }}
        query={query}
      />
      <ContentDaysCard days={await contentDaysOf(actor)} />
    </>
  );
}
