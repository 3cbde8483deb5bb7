import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** The summary that opens a `details` of the class `group`: its words, and an arrow. */
export function DisclosureSummary({ children }: { children: ReactNode }) {
  return (
    <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-xs text-ink-2 hover:text-ink max-md:py-2 [&::-webkit-details-marker]:hidden">
      <ChevronRight
        aria-hidden
        className="-ml-0.5 size-4 transition-transform group-open:rotate-90"
      />
      {children}
    </summary>
  );
}
