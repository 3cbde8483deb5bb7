import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

/** Shown to readers of the docs, who may have neither a workspace nor an admin to ask. */
export default function DocsNotFound() {
  return (
    <>
      <h1 className="sr-only">Nothing here</h1>
      <EmptyState
        icon={SearchX}
        title="There is no such page in the docs"
        action={
          <>
            <Button asChild>
              <Link href="/docs/api">API reference</Link>
            </Button>
            <Button asChild>
              <Link href="/docs/api#errors">All errors</Link>
            </Button>
          </>
        }
      >
        The link may be old or mistyped.
      </EmptyState>
    </>
  );
}
