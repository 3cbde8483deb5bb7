import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { ExplainedRow } from "@/lib/access/activity/explain";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList, requestUrl } from "./activity-url";

/**
 * The request whose panel is open, as the URL's `request` says. The panel opens from the row at once and the
 * URL follows; it stays open when newer calls push its row off the page.
 */
export function useOpenedRequest(
  query: ActivityQuery,
  rows: readonly ExplainedRow[],
  linked: ExplainedRow | null,
) {
  const router = useRouter();
  const inUrl = useSearchParams().get("request");
  // The panel must not wait until the router has the new URL; when the URL changes, it wins.
  const [chosen, setChosen] = useState({ inUrl, id: inUrl });
  if (chosen.inUrl !== inUrl) setChosen({ inUrl, id: inUrl });
  const { id } = chosen;
  const [last, setLast] = useState<ExplainedRow | null>(linked);
  const opened = id ? ([...rows, linked, last].find((row) => row?.id === id) ?? null) : null;
  if (opened && opened.id !== last?.id) setLast(opened);

  function show(request: string | null) {
    setChosen({ inUrl, id: request });
    // Not history.pushState: the router's next refresh then takes the page for another and scrolls up.
    router.push(request ? requestUrl(query, request) : activityList.url(query), { scroll: false });
  }
  return { opened, isMissing: id !== null && opened === null, open: show, close: () => show(null) };
}
