import { NumberedPages } from "@/components/ui/numbered-pages";
import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import type { KeyPage } from "@/lib/access/api-keys/key/shown-key";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { keyList } from "./key-list-url";

type KeyListPagerProps = { query: ListKeysQuery; found: KeyPage };

/** How much of the whole is shown, and the way to the rest. */
export function KeyListPager({ query, found }: KeyListPagerProps) {
  const { page, pageCount } = found;
  return (
    <div className="mt-3 flex min-h-8 flex-wrap items-center gap-3 text-ink-3 text-xs">
      <p role="status">{summary(found)}</p>
      {pageCount > 1 && (
        <NumberedPages
          previous={page > 1 ? keyList.url({ ...query, page: page - 1 }) : null}
          next={page < pageCount ? keyList.url({ ...query, page: page + 1 }) : null}
        />
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
