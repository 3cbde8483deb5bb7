import { useSyncExternalStore } from "react";

const STORED_UNDER = "postern.single-keys";
const CHANGED = "postern:single-keys";

/**
 * Whether single keys act, kept in this browser. Whoever speaks to their computer needs a way to turn them
 * off, since a spoken word would press many of them.
 */
export function useSingleKeys(): ["on" | "off", (next: "on" | "off") => void] {
  return [useSyncExternalStore(subscribe, read, () => "on" as const), write];
}

function read(): "on" | "off" {
  return localStorage.getItem(STORED_UNDER) === "off" ? "off" : "on";
}

function write(next: "on" | "off"): void {
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
