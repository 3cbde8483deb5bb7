"use client";

import { useCallback } from "react";
import { cn } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import type { ExplainedRow } from "@/lib/access/activity/explain";
import type { ActivityPage, ActivityQuery } from "@/lib/access/activity/schema";
import { ActivityPager } from "./activity-pager";
import { RequestList } from "./request-list";
import { RequestPanel } from "./request-panel";
import { useOpenedRequest } from "./use-opened-request";

type ActivityListProps = {
  page: ActivityPage & { rows: ExplainedRow[] };
  query: ActivityQuery;
  /** The call that the URL asked for when the page was loaded, which may stand on another page. */
  linked: ExplainedRow | null;
  now: Date;
};

/** The list, and beside it the call that was opened. */
export function ActivityList({ page, query, linked, now }: ActivityListProps) {
  const { opened, isMissing, open, close } = useOpenedRequest(query, page.rows, linked);
  const openedId = opened?.id ?? null;
  const closeAndReturn = useCallback(() => {
    close();
    if (openedId) focusRow(openedId);
  }, [close, openedId]);

  return (
    <>
      {isMissing && (
        <Notice tone="warn" role="status" className="mb-3">
          This request can't be shown. It may be older than the activity on record, or belong to a
          key whose activity you can't see.
        </Notice>
      )}
      <div className={cn("grid gap-4", opened && "min-[1200px]:grid-cols-[minmax(0,1fr)_320px]")}>
        <RequestList rows={page.rows} query={query} now={now} openedId={openedId} onOpen={open} />
        {opened && <RequestPanel row={opened} query={query} onClose={closeAndReturn} />}
      </div>
      <ActivityPager page={page} query={query} now={now} />
    </>
  );
}

function focusRow(id: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-request="${CSS.escape(id)}"]`)?.focus();
  });
}
