import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export function SendingSkeleton() {
  return (
    <>
      <PageHeader
        title="Sending"
        description="Which domains you send from, and who gets no email."
      />
      <EmailListSkeleton />
    </>
  );
}
