import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function LoadingOutbox() {
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Emails that stayed here instead of going out."
        actions={<ListActionsSkeleton />}
      />
      <EmailListSkeleton />
    </>
  );
}
