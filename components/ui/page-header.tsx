import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

type PageHeaderProps = {
  title: string;
  /** One sentence that says what the page is for. */
  description?: ReactNode;
  /** Stands right of the title, such as a status. */
  badge?: ReactNode;
  /** Buttons and links, at most one of them primary. */
  actions?: ReactNode;
  back?: { href: string; label: string };
};

/**
 * A page's name, what it is for, and what can be done on it. Actions stand beside the title only where the
 * title keeps room for its words; else they go below it.
 */
export function PageHeader({ title, description, badge, actions, back }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {back && (
        <Link
          href={back.href}
          className="mb-2 inline-flex items-center gap-2 text-ink-2 text-sm hover:text-ink max-md:-mt-2.5 max-md:mb-0 max-md:min-h-10"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 max-md:flex-col max-md:items-stretch">
        <div className="min-w-0 grow basis-64 max-md:basis-auto lg:basis-88">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="wrap-anywhere min-w-0 font-semibold text-xl tracking-[-0.02em]">
              <bdi>{title}</bdi>
            </h1>
            {badge}
          </div>
          {description && (
            <p className="mt-0.5 max-w-[62ch] text-pretty text-ink-2">{description}</p>
          )}
        </div>
        {actions && (
          <div data-page-actions className="flex flex-wrap gap-2 max-md:[&>*]:flex-1">
            {actions}
          </div>
        )}
      </div>
    </header>
  );
}
