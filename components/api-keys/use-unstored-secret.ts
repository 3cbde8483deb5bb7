"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/**
 * Guards a secret that is shown once. Until `store` is called, the browser asks before it reloads or closes
 * the page, and Back leads nowhere but sets `held`; `store` leaves the history as it was, then calls
 * `onStored`. Where the page is left all the same, `left` says so before the browser puts it away.
 */
export function useUnstoredSecret(onStored: () => void) {
  const { held, store } = useHeldHistory(onStored);
  const left = useLeft(onStored);
  return { held, left, store };
}

/**
 * Back is answered on an entry of its own above the page's, before Next hears of it: Next would show the
 * page of the entry below, and a browser may pass over an entry that nobody has clicked on.
 */
function useHeldHistory(onStored: () => void) {
  const [held, setHeld] = useState(false);
  const page = useRef<{ href: string; state: unknown } | null>(null);
  /** Whether the entry below is still the page's own, to which Back may lead once the secret is stored. */
  const isAbovePage = useRef(true);
  const afterBack = useRef<(() => void) | null>(null);

  useEffect(() => {
    // React mounts twice in development, which must not make two entries.
    if (!page.current) {
      page.current = { href: location.href, state: history.state };
      history.pushState(history.state, "");
    }
    const { href, state } = page.current;

    function hold(event: PopStateEvent) {
      event.stopImmediatePropagation();
      if (afterBack.current) return afterBack.current();
      isAbovePage.current = location.href === href;
      history.pushState(state, "", href);
      setHeld(true);
    }
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("popstate", hold, { capture: true });
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("popstate", hold, { capture: true });
      window.removeEventListener("beforeunload", ask);
    };
  }, []);

  const store = useCallback(() => {
    if (afterBack.current) return;
    if (!isAbovePage.current) return onStored();
    afterBack.current = onStored;
    history.back();
  }, [onStored]);

  return { held, store };
}

/**
 * Takes the secret off the page before the browser puts the page away, and closes the dialog should the
 * page be brought back as it was: Back must not show a secret again.
 */
function useLeft(onStored: () => void): boolean {
  const [left, setLeft] = useState(false);

  useEffect(() => {
    const leave = () => flushSync(() => setLeft(true));
    const comeBack = (event: PageTransitionEvent) => {
      if (event.persisted) onStored();
    };
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", comeBack);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", comeBack);
    };
  }, [onStored]);

  return left;
}
