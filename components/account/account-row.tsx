import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type AccountRowProps = {
  icon: LucideIcon;
  name: string;
  /** Facts about it, in one line. */
  facts: ReactNode;
  /** The buttons at the end of the row. */
  children: ReactNode;
};

/** One line of a card of the account page: what it is, its facts, and what can be done with it. */
export function AccountRow({ icon: Icon, name, facts, children }: AccountRowProps) {
  return (
    <li className="flex items-center gap-3 border-line border-b px-4 py-2.5 last:border-b-0">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <div className="wrap-anywhere min-w-0 flex-1 text-sm">
        <div className="font-medium">{name}</div>
        <div className="text-ink-2 text-xs first-letter:uppercase">{facts}</div>
      </div>
      <div className="flex shrink-0 items-center gap-3 text-sm">{children}</div>
    </li>
  );
}
