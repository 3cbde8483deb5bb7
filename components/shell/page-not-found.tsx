import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

/** The one answer to a URL without a page, and to one whose page the visitor may not see. */
export function PageNotFound() {
  return (
    <>
      <h1 className="sr-only">Nothing here</h1>
      <EmptyState
        icon={SearchX}
        title="This page does not exist"
        action={
          <Button variant="primary" asChild>
            <Link href="/settings/api-keys">Go to API keys</Link>
          </Button>
        }
      >
        The link may be old or mistyped, or you may not have access. Ask an admin of your workspace.
      </EmptyState>
    </>
  );
}
