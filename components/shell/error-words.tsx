"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** Says that a page failed, that saved work is safe, and how to go on. The digest names the error in the server's log. */
export function ErrorWords({ error, retry }: PageErrorProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title="This page could not be shown"
        action={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <Button onClick={() => window.location.assign("/settings/api-keys")}>
              Go to API keys
            </Button>
          </>
        }
      >
        <p>
          Something failed on our side. What was saved is safe. If you were saving something, check
          whether it was saved before you try again.
        </p>
        {error.digest && (
          <p className="mt-2 text-xs">
            Request id <code className="font-mono">{error.digest}</code>
          </p>
        )}
      </EmptyState>
    </div>
  );
}
