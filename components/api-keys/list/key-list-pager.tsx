import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import type { KeyPage } from "@/lib/access/api-keys/key/shown-key";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { listAddress, refined } from "./list-address";

type KeyListPagerProps = { query: ListKeysQuery; found: KeyPage };

/** How much of the whole is shown, and the way to the rest. */
export function KeyListPager({ query, found }: KeyListPagerProps) {
  return (
    <div className="mt-3 flex min-h-8 flex-wrap items-center gap-3 text-ink-3 text-xs">
      <p role="status">{summary(found)}</p>
      {found.pageCount > 1 && (
        <nav aria-label="Pages" className="ml-auto flex gap-2">
          <PageLink query={query} page={found.page - 1} found={found} label="Previous" />
          <PageLink query={query} page={found.page + 1} found={found} label="Next" />
        </nav>
      )}
    </div>
  );
}

function summary({ keys, matching, total, page, pageCount }: KeyPage): string {
  const shown =
    matching === total
      ? countOf(total, "key")
      : `${formatCount(matching)} of ${countOf(total, "key")}`;
  if (pageCount === 1 || keys.length === 0) return shown;
  return `${shown}, page ${page} of ${pageCount}`;
}

type PageLinkProps = KeyListPagerProps & { page: number; label: string };

function PageLink({ query, found, page, label }: PageLinkProps) {
  if (page < 1 || page > found.pageCount) return <Button disabled>{label}</Button>;
  return (
    <Button asChild>
      <Link href={listAddress(refined(query, { page }))}>{label}</Link>
    </Button>
  );
}
