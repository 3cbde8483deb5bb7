import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[640px] px-4 py-16">
      <h1 className="sr-only">Nothing here</h1>
      <EmptyState
        icon={SearchX}
        title="There is nothing at this address"
        action={
          <Button variant="primary" asChild>
            <Link href="/settings/api-keys">Go to API keys</Link>
          </Button>
        }
      >
        The link may be old or mistyped, or what it leads to belongs to another workspace. An admin
        of yours can tell.
      </EmptyState>
    </main>
  );
}
