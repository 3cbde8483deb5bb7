"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/**
 * Guards a secret that is shown once. Until `store` is called, the browser asks before it reloads or closes
 * the page, and pressing Back leads nowhere but sets `held`; `store` leaves the history as it was, then calls
 * `onStored`. If the page is left anyway, `left` says so before the browser puts it away.
 */
export function useUnstoredSecret(onStored: () => void) {
  const { held, store } = useHeldHistory(onStored);
  const left = useLeft(onStored);
  return { held, left, store };
}

/**
 * Back is refused where the browser lets a page do so: that is once, until somebody clicks into the page
 * again. Elsewhere it leads from an entry of its own to the page's, where the dialog is as well, and is undone
 * by going forward. Not by another new entry: browsers pass over a page that adds entries on which nobody
 * clicked.
 */
function useHeldHistory(onStored: () => void) {
  const [held, setHeld] = useState(false);
  const isOnOwnEntry = useRef(false);
  const afterBack = useRef<(() => void) | null>(null);

  useEffect(() => {
    // React mounts twice in development, which must not make two entries.
    if (!isOnOwnEntry.current) history.pushState(history.state, "");
    isOnOwnEntry.current = true;

    function hold() {
      if (afterBack.current) return afterBack.current();
      isOnOwnEntry.current = !isOnOwnEntry.current;
      if (isOnOwnEntry.current) return;
      history.forward();
      setHeld(true);
    }
    function refuse(event: NavigateEvent) {
      const isTraversal = event.navigationType === "traverse" && event.destination.sameDocument;
      if (afterBack.current || !isTraversal || !event.cancelable) return;
      event.preventDefault();
      setHeld(true);
    }
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    // Older browsers have none.
    const navigation: Navigation | undefined = window.navigation;
    navigation?.addEventListener("navigate", refuse);
    window.addEventListener("popstate", hold);
    window.addEventListener("beforeunload", ask);
    return () => {
      navigation?.removeEventListener("navigate", refuse);
      window.removeEventListener("popstate", hold);
      window.removeEventListener("beforeunload", ask);
    };
  }, []);

  const store = useCallback(() => {
    if (afterBack.current) return;
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
