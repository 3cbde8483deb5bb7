import type { ReactNode } from "react";
import { Logo } from "@/components/shell/workspace-mark";
import { Link } from "@/components/ui/link";

const LINK =
  "inline-flex items-center whitespace-nowrap rounded-sm px-2 py-1 hover:bg-bg-sunken max-md:min-h-10";

/** The docs are public: no session, no console around them. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="[--docs-width:780px] has-data-wide:[--docs-width:1240px]">
      <header className="border-line border-b bg-bg-subtle">
        <nav
          aria-label="Docs"
          className="mx-auto flex max-w-(--docs-width) flex-wrap items-center gap-1 px-4 py-2.5 text-sm"
        >
          <Link href="/docs/api" className={`${LINK} -ml-2 gap-2 font-semibold`}>
            <Logo />
            Postern API
          </Link>
          <span className="ml-auto flex flex-wrap gap-1 text-ink-2 max-sm:-ml-2">
            <Link href="/docs/quick-starts" className={LINK}>
              Quick starts
            </Link>
            <Link href="/docs/api#reference" className={LINK}>
              Reference
            </Link>
            <Link href="/docs/api#errors" className={LINK}>
              Errors
            </Link>
            <Link href="/settings/api-keys" className={LINK}>
              Your API keys
            </Link>
          </span>
        </nav>
      </header>
      <main className="mx-auto max-w-(--docs-width) px-4 py-8">{children}</main>
    </div>
  );
}
