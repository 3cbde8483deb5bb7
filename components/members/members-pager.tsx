import Link from "next/link";
import { Button } from "@/components/ui/button";

type MembersPagerProps = { page: number; hasMore: boolean };

/** The way to the rest of a long list of members; nothing where there is only one page. */
export function MembersPager({ page, hasMore }: MembersPagerProps) {
  if (page === 1 && !hasMore) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2 text-ink-3 text-xs">
      <span className="mr-auto">Page {page}</span>
      <PageLink page={page - 1} exists={page > 1} label="Previous" />
      <PageLink page={page + 1} exists={hasMore} label="Next" />
    </nav>
  );
}

function PageLink({ page, exists, label }: { page: number; exists: boolean; label: string }) {
  if (!exists) return <Button disabled>{label}</Button>;
  return (
    <Button asChild>
      <Link href={`/settings/members?page=${page}`}>{label}</Link>
    </Button>
  );
}
