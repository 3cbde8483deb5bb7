"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { type ActivityPage, type ActivityQuery, PAGE_SIZE } from "@/lib/access/activity/schema";
import { activityAddress, refined } from "./activity-address";
import { minuteOf } from "./clock-time";
import { useClock } from "./use-clock";

type ActivityPagerProps = { page: ActivityPage; query: ActivityQuery; now: Date };

/** How far back the list looked, whose clock it shows, and the way to older calls. */
export function ActivityPager({ page, query, now }: ActivityPagerProps) {
  const [clock, setClock] = useClock();
  return (
    <footer className="mt-3 flex min-h-8 flex-wrap items-center gap-3 text-ink-3 text-xs">
      <p>
        {page.searchedBackTo
          ? `Searched back to ${minuteOf(new Date(page.searchedBackTo), now, clock)}`
          : "Nothing older"}{" "}
        · {PAGE_SIZE} a page
      </p>
      <Segmented
        label="Clock"
        value={clock}
        onValueChange={setClock}
        options={[
          { value: "utc", label: "UTC" },
          { value: "local", label: "Local" },
        ]}
      />
      <nav aria-label="Pages" className="ml-auto flex gap-2">
        {query.before && (
          <Button asChild>
            <Link href={activityAddress(refined(query, {}))}>Newest</Link>
          </Button>
        )}
        {page.older && (
          <Button asChild>
            <Link href={activityAddress(refined(query, { before: page.older }))}>Older</Link>
          </Button>
        )}
      </nav>
    </footer>
  );
}
