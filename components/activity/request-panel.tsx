"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import type { ExplainedRow } from "@/lib/access/activity/explain";
import type { ActivityQuery, ActivityRow } from "@/lib/access/activity/schema";
import { RequestDetails } from "./request-details";

/** Beside the list where both fit; else a sheet over it, on phones over everything. */
const FITS_BESIDE = "(min-width: 1200px)";

type RequestPanelProps = { row: ExplainedRow; query: ActivityQuery; onClose: () => void };

/** The opened call. Closes with Escape or its cross. */
export function RequestPanel(props: RequestPanelProps) {
  return useMatches(FITS_BESIDE) ? <PanelBeside {...props} /> : <PanelSheet {...props} />;
}

function PanelBeside({ row, query, onClose }: RequestPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when another call is opened.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [row.id]);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const isElsewhere = document.querySelector(
        '[role="dialog"], [role="menu"], [role="listbox"]',
      );
      if (event.key === "Escape" && !event.defaultPrevented && !isElsewhere) onClose();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [onClose]);
  return (
    <aside
      aria-label="Request details"
      className="sticky top-4 max-h-[calc(100dvh-2rem)] self-start overflow-y-auto rounded-lg border border-line bg-surface max-[1199px]:hidden"
    >
      <PanelHead close={<CloseButton onClick={onClose} />}>
        <h2 ref={heading} tabIndex={-1} className="break-all font-semibold text-base outline-none">
          {titleOf(row)}
        </h2>
      </PanelHead>
      <div className="p-4">
        <RequestDetails row={row} query={query} />
      </div>
    </aside>
  );
}

function PanelSheet({ row, query, onClose }: RequestPanelProps) {
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <RadixDialog.Content
          aria-describedby={undefined}
          // The list gives the focus back to the row; the dialog knows no trigger.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-40 w-full overflow-y-auto bg-surface shadow-floating outline-none md:max-w-md"
        >
          <PanelHead
            close={
              <RadixDialog.Close asChild>
                <CloseButton />
              </RadixDialog.Close>
            }
          >
            <RadixDialog.Title className="break-all font-semibold text-base">
              {titleOf(row)}
            </RadixDialog.Title>
          </PanelHead>
          <div className="p-4">
            <RequestDetails row={row} query={query} />
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function PanelHead({ children, close }: { children: ReactNode; close: ReactNode }) {
  return (
    <header className="flex items-center gap-2 border-line border-b px-4 py-3.5">
      <div className="min-w-0 flex-1">{children}</div>
      {close}
    </header>
  );
}

function CloseButton(props: { onClick?: () => void }) {
  return (
    <Button variant="ghost" size="icon" aria-label="Close" {...props}>
      <X aria-hidden />
    </Button>
  );
}

function titleOf(row: ActivityRow): string {
  return `${row.method} ${row.path}`;
}

function useMatches(media: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(media);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => window.matchMedia(media).matches,
    () => true,
  );
}
