"use client";

import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { PageErrorProps } from "./error-words";

const wordsPart = onDemand(() => import("./error-words"));

/** Says that a page failed. Every page loads this, so the words come on demand. */
export function PageError(props: PageErrorProps) {
  const parts = useOnDemand(wordsPart, true);
  return parts && <parts.ErrorWords {...props} />;
}
