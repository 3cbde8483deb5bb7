"use client";

import { BUTTON, BUTTON_SIZES, BUTTON_VARIANTS } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";

type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** `TriangleAlert`, drawn here: every page loads this one, and few load the rest that an icon needs. */
function Warning({ className }: { className: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`lucide ${className}`}
    >
      <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01" />
    </svg>
  );
}

/** What happened, what is safe, and a way on. The digest is what the server's log calls this error. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={Warning}
        title="This page could not be shown"
        action={
          <>
            <button
              type="button"
              onClick={retry}
              className={`${BUTTON} ${BUTTON_VARIANTS.primary} ${BUTTON_SIZES.md}`}
            >
              Try again
            </button>
            <button
              type="button"
              onClick={() => window.location.assign("/settings/api-keys")}
              className={`${BUTTON} ${BUTTON_VARIANTS.secondary} ${BUTTON_SIZES.md}`}
            >
              Go to API keys
            </button>
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
