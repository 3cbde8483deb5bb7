import { useSyncExternalStore } from "react";

/** Where a choice is kept: for all tabs of this browser, or for this one. */
type Place = "browser" | "tab";

/**
 * A choice between two, kept in this browser and shared by all its tabs, or kept in one tab. `usual` holds
 * until somebody chooses, and while the server renders.
 */
export function useStoredChoice<Usual extends string, Other extends string>(
  name: string,
  usual: Usual,
  other: Other,
  place: Place = "browser",
): [Usual | Other, (next: Usual | Other) => void] {
  const chosen = useSyncExternalStore(
    (listener) => listen(name, listener),
    () => (storageAt(place).getItem(stored(name)) === other ? other : usual),
    () => usual,
  );
  return [chosen, (next) => storeChoice(name, next, place)];
}

/** Keeps a choice, for whatever uses it there. */
export function storeChoice(name: string, next: string, place: Place = "browser"): void {
  storageAt(place).setItem(stored(name), next);
  window.dispatchEvent(new Event(changed(name)));
}

/** Hears of changes in this tab, and in others. */
function listen(name: string, listener: () => void): () => void {
  window.addEventListener(changed(name), listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(changed(name), listener);
    window.removeEventListener("storage", listener);
  };
}

function storageAt(place: Place): Storage {
  return place === "tab" ? sessionStorage : localStorage;
}

function stored(name: string): string {
  return `postern.${name}`;
}

function changed(name: string): string {
  return `postern:${name}`;
}
