import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export function OutboxSkeleton() {
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
