"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

type SidePanelProps = {
  title: ReactNode;
  /** The id of the row's link in the list, which gets the focus back. */
  rowId: string;
  /** The list without the panel. */
  closeHref: string;
  children: ReactNode;
};

/** Everything about one row, beside its list; on narrow screens instead of it. */
export function SidePanel({ title, rowId, closeHref, children }: SidePanelProps) {
  const router = useRouter();
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();

  // The focus goes to what was opened, and back to its row when it is closed.
  useEffect(() => {
    heading.current?.focus();
    return () => document.getElementById(rowId)?.focus();
  }, [rowId]);

  useEffect(() => {
    function closeOnEscape(pressed: KeyboardEvent) {
      if (pressed.key !== "Escape" || pressed.defaultPrevented) return;
      router.replace(closeHref, { scroll: false });
    }
    window.addEventListener("keydown", closeOnEscape);
    return () => window.removeEventListener("keydown", closeOnEscape);
  }, [router, closeHref]);

  return (
    <section
      aria-labelledby={headingId}
      className="min-w-0 rounded-lg border border-line bg-surface text-sm lg:sticky lg:top-6 lg:max-h-[calc(100dvh-48px)] lg:overflow-y-auto"
    >
      <header className="flex items-start gap-2 border-line border-b py-3 pr-2 pl-4">
        <h2
          id={headingId}
          ref={heading}
          tabIndex={-1}
          className="min-w-0 flex-1 break-words py-1.5 font-medium text-base outline-none"
        >
          {title}
        </h2>
        <Button asChild variant="ghost" size="icon">
          <Link href={closeHref} scroll={false} replace aria-label="Close">
            <X aria-hidden />
          </Link>
        </Button>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 break-words p-4">{children}</div>
    </section>
  );
}
