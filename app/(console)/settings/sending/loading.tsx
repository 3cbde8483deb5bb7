import { EmailListSkeleton } from "@/components/emails/email-list-skeleton";
import { PageHeader } from "@/components/ui/page-header";

export default function LoadingSending() {
  return (
    <>
      <PageHeader title="Sending" description="Where mail may come from, and who gets none." />
      <EmailListSkeleton />
    </>
  );
}
