"use client";

import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { useStoredChoice } from "@/components/ui/use-stored-choice";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";

const REFRESH_MS = 2_000;

/**
 * While on and while the page is looked at, asks for the newest calls every two seconds. New calls only
 * come in on the newest page, so switching it on leads there. This browser remembers the choice.
 */
export function LiveSwitch({ query }: { query: ActivityQuery }) {
  const router = useRouter();
  const id = useId();
  const [live, setLive] = useStoredChoice("live", "off", "on");
  const [refreshing, startRefresh] = useTransition();
  const isRefreshing = useRef(false);
  isRefreshing.current = refreshing;
  const active = live === "on" && !query.before;

  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible" || isRefreshing.current) return;
      startRefresh(() => router.refresh());
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [active, router]);

  function change(next: boolean) {
    setLive(next ? "on" : "off");
    if (!next) return;
    if (query.before) router.push(activityList.url(activityList.filterOf(query)));
    else router.refresh();
  }

  return (
    <label
      htmlFor={id}
      className="inline-flex h-8 cursor-pointer items-center justify-center gap-2 rounded-sm border border-line-strong bg-surface px-2.5 text-sm shadow-raised max-md:h-10"
    >
      <Switch id={id} checked={active} onCheckedChange={change} />
      Live
    </label>
  );
}
