"use client";

import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { PageErrorProps } from "./error-words";

const wordsPart = onDemand(() => import("./error-words"));

/**
 * Says that a page failed. Every page loads this, so all but a sentence comes on demand: the failure may be that
 * nothing can be loaded.
 */
export function PageError(props: PageErrorProps) {
  const parts = useOnDemand(wordsPart, true);
  if (parts) return <parts.ErrorWords {...props} />;
  return (
    <p role="alert" className="text-ink-2">
      This page could not be shown. Load it again in a moment.
    </p>
  );
}
