import { Link } from "@/components/ui/link";
import { Button } from "./button";
import { cn } from "./class-names";

type PageLinksProps = {
  /** The URL of the list's start, for a list that only links to older rows. */
  newest?: string | null | undefined;
  newer?: string | null;
  older: string | null;
  /** Keeps the scroll position, for a list further down its page. */
  keepPlace?: boolean;
  className?: string;
};

/** The ways on from a page of a list, where there are any. */
export function PageLinks({ newest, newer, older, keepPlace, className }: PageLinksProps) {
  if (!newest && !newer && !older) return null;
  const scroll = !keepPlace;
  return (
    <nav aria-label="Pages" className={cn("mt-3 flex items-center justify-end gap-2", className)}>
      {newest && <PageLink href={newest} label="Newest" scroll={scroll} />}
      {newer && <PageLink href={newer} label="Newer" scroll={scroll} />}
      {older && <PageLink href={older} label="Older" scroll={scroll} />}
    </nav>
  );
}

type PageLinkProps = { href: string; label: string; scroll: boolean };

function PageLink({ href, label, scroll }: PageLinkProps) {
  return (
    <Button asChild>
      <Link href={href} scroll={scroll}>
        {label}
      </Link>
    </Button>
  );
}
