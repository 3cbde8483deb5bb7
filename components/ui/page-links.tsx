import Link from "next/link";
import { Button } from "./button";

type PageLinksProps = {
  newer: string | null;
  older: string | null;
  /** For a list further down its page, which would be lost from sight by a jump to the top. */
  keepPlace?: boolean;
};

/** The ways on from a page of a list, where there are any. */
export function PageLinks({ newer, older, keepPlace = false }: PageLinksProps) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2">
      {newer && (
        <Button asChild>
          <Link href={newer} scroll={!keepPlace}>
            Newer
          </Link>
        </Button>
      )}
      {older && (
        <Button asChild>
          <Link href={older} scroll={!keepPlace}>
            Older
          </Link>
        </Button>
      )}
    </nav>
  );
}
