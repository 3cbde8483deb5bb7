import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { ExplainedRow } from "@/lib/access/activity/explain";

/**
 * The request whose panel is open, by the address's `request`. It opens at once, from the row, while the
 * address follows; the open one stays open when newer calls push it off the page.
 */
export function useOpenedRequest(rows: readonly ExplainedRow[], linked: ExplainedRow | null) {
  const router = useRouter();
  const pathname = usePathname();
  const inAddress = useSearchParams().get("request");
  // The panel must not wait for the router to take the new address in; the address wins when it changes.
  const [chosen, setChosen] = useState({ inAddress, id: inAddress });
  if (chosen.inAddress !== inAddress) setChosen({ inAddress, id: inAddress });
  const { id } = chosen;
  const [last, setLast] = useState<ExplainedRow | null>(linked);
  const opened = id ? ([...rows, linked, last].find((row) => row?.id === id) ?? null) : null;
  if (opened && opened.id !== last?.id) setLast(opened);

  function show(request: string | null) {
    setChosen({ inAddress, id: request });
    const next = new URLSearchParams(window.location.search);
    if (request) next.set("request", request);
    else next.delete("request");
    const text = next.toString();
    // Not history.pushState: the router's next refresh then takes the page for another and scrolls up.
    router.push(text ? `${pathname}?${text}` : pathname, { scroll: false });
  }
  return { opened, isMissing: id !== null && opened === null, open: show, close: () => show(null) };
}
