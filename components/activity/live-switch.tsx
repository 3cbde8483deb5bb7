"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/class-names";
import { Switch } from "@/components/ui/switch";
import { useStoredChoice } from "@/components/ui/use-stored-choice";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { activityList } from "./activity-url";
import { type LiveState, useLiveCalls } from "./use-live-calls";

/** The shortest pause between two refreshes. */
const PAUSE_MS = 1_000;
/** A refresh that takes longer is followed by a pause as long, so that one page keeps the server busy half the time at most. */
const LONGEST_PAUSE_MS = 5_000;

/**
 * While on and while the page is looked at, shows new calls as they are stored. New calls only come in on the newest
 * page, so switching it on leads there. This browser remembers the choice.
 */
export function LiveSwitch({ query }: { query: ActivityQuery }) {
  const router = useRouter();
  const id = useId();
  const [live, setLive] = useStoredChoice("live", "off", "on");
  const active = live === "on" && !query.before;
  const [asked, setAsked] = useState(0);
  const state = useLiveCalls(
    active,
    useCallback(() => setAsked((before) => before + 1), []),
  );
  // Next leaves the page for the browser's own error where the server does not answer a refresh.
  useRefresh(asked, state !== "reconnecting");

  function change(next: boolean) {
    setLive(next ? "on" : "off");
    if (next && query.before) router.push(activityList.url(activityList.filterOf(query)));
  }

  return (
    <div
      className={cn(
        "flex min-h-8 items-center justify-center rounded-sm border border-line-strong bg-surface px-2.5 text-sm shadow-raised max-md:min-h-10",
        // On a phone the words get a line of their own.
        active && isToBeSeen(state) && "max-md:min-w-full",
      )}
    >
      <label
        htmlFor={id}
        className="inline-flex shrink-0 cursor-pointer items-center gap-2 self-stretch"
      >
        <Switch id={id} checked={active} onCheckedChange={change} />
        Live
      </label>
      <span role="status" className={isToBeSeen(state) ? "ml-2 py-1 text-warn text-xs" : "sr-only"}>
        {active && wordsFor(state)}
      </span>
    </div>
  );
}

/** Only what is not as it should be is shown; a screen reader hears the rest too. */
function isToBeSeen(state: LiveState): boolean {
  return state !== "opening" && state !== "live";
}

function wordsFor(state: LiveState): string | null {
  if (state === "opening") return null;
  if (state === "live") return "New calls appear by themselves.";
  return state === "reconnecting" ? "Reconnecting…" : state.refused;
}

/** Refreshes the page soon after `asked` has risen, once for all times that it did meanwhile, and where it `can`. */
function useRefresh(asked: number, can: boolean): void {
  const router = useRouter();
  const [isRefreshing, startRefresh] = useTransition();
  const done = useRef(asked);
  const begunMs = useRef<number | null>(null);
  const readyMs = useRef(0);

  useEffect(() => {
    if (isRefreshing) return;
    const nowMs = performance.now();
    if (begunMs.current !== null) readyMs.current = nowMs + pauseAfter(nowMs - begunMs.current);
    begunMs.current = null;
    if (!can || done.current === asked) return;
    const timer = setTimeout(() => {
      done.current = asked;
      begunMs.current = performance.now();
      startRefresh(() => router.refresh());
    }, readyMs.current - nowMs);
    return () => clearTimeout(timer);
  }, [asked, can, isRefreshing, router]);
}

function pauseAfter(durationMs: number): number {
  return Math.min(Math.max(PAUSE_MS, durationMs), LONGEST_PAUSE_MS);
}
