import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type FoldProps = { summary: ReactNode; className?: string; children: ReactNode };

/** Details that open at their summary, without script. One may stand inside another. */
export function Fold({ summary, className, children }: FoldProps) {
  return (
    <details>
      <summary
        className={cn(
          "flex cursor-pointer list-none items-center gap-1 hover:text-ink max-md:min-h-10 [&::-webkit-details-marker]:hidden [details[open]>&>svg]:rotate-90",
          className,
        )}
      >
        {summary}
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 transition-transform" />
      </summary>
      {children}
    </details>
  );
}
