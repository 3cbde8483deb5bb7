import { NumberedPages } from "@/components/ui/numbered-pages";
import { membersUrl } from "./members-url";

type MembersPagerProps = { page: number; hasMore: boolean };

/** The way to the rest of a long list of members; nothing where there is only one page. */
export function MembersPager({ page, hasMore }: MembersPagerProps) {
  if (page === 1 && !hasMore) return null;
  return (
    <div className="mt-3 flex items-center gap-2 text-ink-3 text-xs">
      <p>Page {page}</p>
      <NumberedPages
        previous={page > 1 ? membersUrl({ page: page - 1 }) : null}
        next={hasMore ? membersUrl({ page: page + 1 }) : null}
      />
    </div>
  );
}
