import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  /** The purpose of the list, and why one would want it. */
  children: ReactNode;
  action?: ReactNode;
};

/** Stands where a list has nothing to show. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-line-strong border-dashed px-4 py-12 text-center">
      <span
        aria-hidden
        className="grid size-9 place-items-center rounded-md bg-bg-sunken text-ink-2"
      >
        <Icon className="size-[18px]" />
      </span>
      <h2 className="mt-3 font-semibold text-base">{title}</h2>
      <div className="mt-1 max-w-[52ch] text-balance text-ink-2">{children}</div>
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
