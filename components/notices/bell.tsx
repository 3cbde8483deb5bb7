import { Bell as BellIcon } from "lucide-react";
import { Link } from "@/components/ui/link";

/** The way to what the member is told, with a dot while something is new. */
export function Bell({ hasUnread }: { hasUnread: boolean }) {
  return (
    <Link
      href="/settings/notices"
      className="relative grid size-9 shrink-0 place-items-center rounded-sm text-ink-2 hover:bg-bg-sunken max-md:size-10"
    >
      <BellIcon aria-hidden className="size-4" />
      {hasUnread && (
        <span
          aria-hidden
          className="absolute top-2 right-2 size-2 rounded-full border border-bg-subtle bg-danger"
        />
      )}
      <span className="sr-only">{hasUnread ? "Notices, something is new" : "Notices"}</span>
    </Link>
  );
}
