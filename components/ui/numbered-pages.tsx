import { Link } from "@/components/ui/link";
import { Button } from "./button";

/** The URLs of the pages before and after the one that is shown, where there are any. */
type NumberedPagesProps = { previous: string | null; next: string | null };

/** Previous and Next, which keep their place where there is no such page. */
export function NumberedPages({ previous, next }: NumberedPagesProps) {
  return (
    <nav aria-label="Pages" className="ml-auto flex gap-2">
      <PageLink href={previous} label="Previous" />
      <PageLink href={next} label="Next" />
    </nav>
  );
}

function PageLink({ href, label }: { href: string | null; label: string }) {
  if (href === null) return <Button disabled>{label}</Button>;
  return (
    <Button asChild>
      <Link href={href}>{label}</Link>
    </Button>
  );
}
