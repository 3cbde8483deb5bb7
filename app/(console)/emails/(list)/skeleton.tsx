import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { ListActionsSkeleton } from "@/components/ui/list-actions-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export function EmailsSkeleton() {
  return (
    <>
      <PageHeader
        title="Emails"
        description="What your tools and campaigns sent, newest first."
        actions={<ListActionsSkeleton />}
      />
      <EmailListSkeleton />
    </>
  );
}
