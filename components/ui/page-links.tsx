import Link from "next/link";
import { Button } from "./button";

type PageLinksProps = { newer: string | null; older: string | null };

/** The ways on from a page of a list, where there are any. */
export function PageLinks({ newer, older }: PageLinksProps) {
  if (!newer && !older) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-end gap-2">
      {newer && (
        <Button asChild>
          <Link href={newer}>Newer</Link>
        </Button>
      )}
      {older && (
        <Button asChild>
          <Link href={older}>Older</Link>
        </Button>
      )}
    </nav>
  );
}
