"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { ExplainedRow } from "@/lib/access/activity/explain";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { RequestDetails } from "./request-details";
import { CloseButton, PanelHead, titleOf } from "./request-panel-head";

const sheet = onDemand(() => import("./request-sheet"));

/** Beside the list where both fit; else a sheet over it, on phones over everything. */
const FITS_BESIDE = "(min-width: 1200px)";

export type RequestPanelProps = { row: ExplainedRow; query: ActivityQuery; onClose: () => void };

/** The opened call. Closes with Escape or its cross. */
export function RequestPanel(props: RequestPanelProps) {
  const fits = useMatches(FITS_BESIDE);
  const parts = useOnDemand(sheet, !fits);
  if (fits) return <PanelBeside {...props} />;
  return parts && <parts.RequestSheet {...props} />;
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
