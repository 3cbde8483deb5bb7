import { useSyncExternalStore } from "react";

/** Whose clock the activity page shows. */
export type Clock = "utc" | "local";

const STORED_UNDER = "postern.activity-clock";
const CHANGED = "postern:activity-clock";

/** The clock this browser's person chose, remembered here; UTC until they choose. */
export function useClock(): [Clock, (next: Clock) => void] {
  return [useSyncExternalStore(subscribe, read, () => "utc" as const), write];
}

function read(): Clock {
  return localStorage.getItem(STORED_UNDER) === "local" ? "local" : "utc";
}

function write(next: Clock): void {
  localStorage.setItem(STORED_UNDER, next);
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
