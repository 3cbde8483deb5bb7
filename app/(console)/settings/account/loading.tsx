import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const CARDS = ["you", "password", "sessions"];

export default function LoadingAccount() {
  return (
    <>
      <PageHeader title="Account" description="Your profile, and how you sign in." />
      <div className="grid max-w-[640px] gap-4" aria-busy="true">
        {CARDS.map((card) => (
          <div key={card} className="grid gap-3 rounded-lg border border-line bg-surface p-4">
            <Skeleton className="w-24" />
            <Skeleton className="w-64" />
            <Skeleton className="h-8 w-40" />
          </div>
        ))}
      </div>
    </>
  );
}
