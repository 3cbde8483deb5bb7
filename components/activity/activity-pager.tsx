"use client";

import { PageLinks } from "@/components/ui/page-links";
import { Segmented } from "@/components/ui/segmented";
import { PAGE_SIZE } from "@/lib/access/activity/limits";
import type { ActivityPage, ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";
import { minuteOf } from "./clock-time";
import { useClock } from "./use-clock";

type ActivityPagerProps = { page: ActivityPage; query: ActivityQuery; now: Date };

/** How far back the list looked, the choice of clock, and the way to older calls. */
export function ActivityPager({ page, query, now }: ActivityPagerProps) {
  const [clock, setClock] = useClock();
  const filter = activityList.filterOf(query);
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
      <PageLinks
        className="mt-0 ml-auto"
        newest={query.before && activityList.url(filter)}
        older={page.older && activityList.url({ ...filter, before: page.older })}
      />
    </footer>
  );
}
