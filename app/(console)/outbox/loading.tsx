import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function LoadingOutbox() {
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Emails kept here instead of being sent."
        actions={<ListActionsSkeleton />}
      />
      <EmailListSkeleton />
    </>
  );
}
