import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { QUICK_STARTS } from "@/lib/api/quick-starts/quick-starts";

export const metadata: Metadata = { title: "Quick starts" };

export default function QuickStartsPage() {
  return (
    <article>
      <PageHeader
        title="Quick starts"
        description="What do you want to connect? Each of these takes a few minutes, from the key to the first result."
      />
      <ul className="grid gap-3 sm:grid-cols-2">
        {QUICK_STARTS.map(({ id, title, promise }) => (
          <li key={id}>
            <Link
              href={`/docs/quick-starts/${id}`}
              className="grid h-full content-start gap-1 rounded-lg border border-line bg-surface p-4 shadow-1 hover:border-line-strong"
            >
              <span className="font-semibold">{title}</span>
              <span className="text-ink-2">{promise}</span>
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}
