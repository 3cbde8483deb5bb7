import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function LoadingEmails() {
  return (
    <>
      <PageHeader title="Emails" description="What your tools and campaigns sent, newest first." />
      <EmailListSkeleton />
    </>
  );
}
