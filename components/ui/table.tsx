import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

/** A table in a card. When it is wider than the screen it scrolls inside. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full border-collapse text-sm">{children}</table>
    </section>
  );
}

/** For the link of a row that is `relative`: all of the row leads where the link does. */
export const ROW_LINK =
  "outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2";

/** Lifts what has a tooltip of its own above the link that covers its row. */
export const ABOVE_ROW_LINK = "relative z-1";

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={cn("border-line border-b last:border-b-0", className)} />;
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "h-9 whitespace-nowrap border-line border-b bg-bg-subtle px-3 text-left font-medium text-ink-3 text-xs first:pl-4 last:pr-4",
        className,
      )}
    />
  );
}

/** The head of the column with each row's buttons, named for screen readers alone. */
export function ActionsTh() {
  return (
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={cn("px-3 py-2 align-middle first:pl-4 last:pr-4", className)} />;
}
