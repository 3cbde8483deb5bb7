"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog, DialogContent, DialogFooter } from "./dialog";
import { type DraftPlace, dropDraft, keepDraft } from "./draft";
import { guardLeaving, leave } from "./leaving";

export type UnsavedProps = {
  place: DraftPlace;
  /** Everything the form holds. */
  values: unknown;
  /** Whether it holds something that is not saved. */
  dirty: boolean;
};

/**
 * Keeps what a form holds, and asks once before its page is left by a link, by Back, or by the palette. The
 * browser asks before the tab is closed.
 */
export function UnsavedGuard({ place, values, dirty }: UnsavedProps) {
  const { form, by } = place;
  const json = JSON.stringify(values);
  const onward = useGuard(dirty);
  const wasDirty = useRef(false);

  useEffect(() => {
    if (dirty) keepDraft({ form, by }, json);
    // A draft of an earlier visit is not this form's to drop: the page is about to read it.
    else if (wasDirty.current) dropDraft({ form, by });
    wasDirty.current = dirty;
  }, [form, by, json, dirty]);

  function goOn() {
    dropDraft({ form, by });
    onward.take();
  }

  return (
    <Dialog open={onward.isAsked} onOpenChange={onward.refuse}>
      <DialogContent
        title="Leave without saving?"
        description="What you typed here will be lost."
        closing="quiet"
      >
        <DialogFooter>
          <Button onClick={goOn}>Leave</Button>
          <Button variant="primary" onClick={onward.refuse}>
            Keep editing
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** The way on that was asked for while the form held something unsaved, until it is taken or refused. */
function useGuard(dirty: boolean) {
  const router = useRouter();
  const [asked, setAsked] = useState<{ onward: () => void } | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const isOn = dirty && !isLeaving;

  useEffect(() => {
    if (!isOn) return;
    const ending = new AbortController();
    const { signal } = ending;
    const endGuard = guardLeaving((onward) => setAsked({ onward }));
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
    const follow = (path: string) => leave(() => router.push(path));
    window.addEventListener("click", (event) => onClick(event, follow), { signal, capture: true });
    // Browsers without the Navigation API leave by Back without asking; the draft is kept all the same.
    window.navigation?.addEventListener("navigate", onBack, { signal });
    return () => {
      endGuard();
      ending.abort();
    };
  }, [isOn, router]);

  // The guard is off only once the page has been drawn without it.
  useEffect(() => {
    if (isLeaving) asked?.onward();
  }, [isLeaving, asked]);

  return {
    isAsked: asked !== null && !isLeaving,
    take: () => setLeaving(true),
    refuse: () => setAsked(null),
  };
}

/** Stops a click on a link to another page, before Next sees it. */
function onClick(event: MouseEvent, follow: (path: string) => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download")) return;
  const { origin, pathname, search } = new URL(link.href, window.location.href);
  const here = window.location;
  if (origin !== here.origin || pathname + search === here.pathname + here.search) return;
  event.preventDefault();
  event.stopPropagation();
  follow(pathname + search);
}

/** Stops Back and Forward within the console. */
function onBack(event: NavigateEvent): void {
  if (event.navigationType !== "traverse" || !event.cancelable) return;
  event.preventDefault();
  leave(() => window.navigation.traverseTo(event.destination.key));
}
