"use client";

import { useRouter } from "next/navigation";
import { Segmented } from "@/components/ui/segmented";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";

const VIEWS = [
  { value: "calls", label: "Every call" },
  { value: "runs", label: "In short" },
] as const;

/** Switches between single calls and runs, which tell each key's calls in a row as one sentence. */
export function ViewSwitch({ query }: { query: ActivityQuery }) {
  const router = useRouter();
  const filter = activityList.filterOf(query);
  return (
    <div className="mb-3">
      <Segmented
        label="Show"
        options={VIEWS}
        value={query.view ?? "calls"}
        onValueChange={(chosen) => {
          const view = chosen === "runs" ? chosen : undefined;
          router.push(activityList.url({ ...filter, view }), { scroll: false });
        }}
      />
    </div>
  );
}
