"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import { useEffect, useId, useState } from "react";
import { exactLocal, exactUtc } from "@/lib/platform/format/time";
import { Existing } from "./existing";

const OPENS_AFTER_MS = 300;
/** Enough for the pointer to reach what the tip says. */
const CLOSES_AFTER_MS = 150;

/** The exact time of the instant that is pointed at or focused, in UTC and on the reader's clock. */
export function TimeTip() {
  const id = useId();
  const [shown, setShown] = useState<HTMLTimeElement | null>(null);
  useEffect(() => followAttention(setShown), []);
  useEffect(() => {
    shown?.setAttribute("aria-describedby", id);
    return () => shown?.removeAttribute("aria-describedby");
  }, [shown, id]);
  if (!shown) return null;
  const at = new Date(shown.dateTime);
  return (
    <RadixTooltip.Provider>
      <RadixTooltip.Root open onOpenChange={(open) => !open && setShown(null)}>
        <RadixTooltip.Trigger asChild>
          <Existing element={shown} />
        </RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            id={id}
            data-tip-text
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-80 animate-fade rounded-sm bg-surface px-2.5 py-1.5 text-ink text-xs shadow-floating"
          >
            <span className="block">{exactUtc(at)}</span>
            {at.getTimezoneOffset() !== 0 && (
              <span className="block text-ink-2">{exactLocal(at)}</span>
            )}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}

/** Tells which instant is pointed at or focused, null for none. Returns the end of that. */
function followAttention(tell: (instant: HTMLTimeElement | null) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tellAfter(delayMs: number, instant: HTMLTimeElement | null) {
    clearTimeout(timer);
    timer = setTimeout(() => tell(instant), delayMs);
  }

  document.addEventListener(
    "pointerover",
    ({ target, pointerType }) => {
      const instant = instantAt(target);
      if (instant && pointerType !== "touch") tellAfter(OPENS_AFTER_MS, instant);
      else if (isTip(target)) clearTimeout(timer);
      else tellAfter(CLOSES_AFTER_MS, null);
    },
    { signal },
  );
  document.addEventListener("pointerdown", () => tellAfter(0, null), { signal });
  document.addEventListener("focusin", ({ target }) => tellAfter(0, instantAt(target)), { signal });
  return () => {
    clearTimeout(timer);
    ending.abort();
  };
}

function instantAt(target: EventTarget | null): HTMLTimeElement | null {
  return target instanceof Element ? target.closest<HTMLTimeElement>("time[data-tip]") : null;
}

function isTip(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-tip-text]") !== null;
}
