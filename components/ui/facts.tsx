import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

/** Facts under each other, their names in one column. `className` adds what surrounds the list. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl
      className={cn(
        "grid grid-cols-[104px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-2.5 text-sm",
        className,
      )}
    >
      {children}
    </dl>
  );
}

/** One of the facts: its name and what it is. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="wrap-anywhere text-ink-3">{name}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </>
  );
}
