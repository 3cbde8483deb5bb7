import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: string;
  /** One sentence that says what the page is for. */
  description?: ReactNode;
  /** What stands right of the title, such as a status. */
  badge?: ReactNode;
  /** At most one of them primary. */
  actions?: ReactNode;
  back?: { href: string; label: string };
};

export function PageHeader({ title, description, badge, actions, back }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {back && (
        <Link
          href={back.href}
          className="mb-2 inline-flex items-center gap-2 text-ink-2 text-sm hover:text-ink max-md:min-h-10"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {back.label}
        </Link>
      )}
      <div className="flex items-start gap-4 max-md:flex-col max-md:items-stretch max-md:gap-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-xl tracking-[-0.02em]">
              <bdi>{title}</bdi>
            </h1>
            {badge}
          </div>
          {description && (
            <p className="mt-0.5 max-w-[62ch] text-pretty text-ink-2">{description}</p>
          )}
        </div>
        {actions && (
          <div
            data-page-actions
            className="ml-auto flex shrink-0 flex-wrap gap-2 max-md:ml-0 max-md:[&>*]:flex-1"
          >
            {actions}
          </div>
        )}
      </div>
    </header>
  );
}
