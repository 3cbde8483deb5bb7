import { useSyncExternalStore } from "react";

/**
 * A choice between two, kept in this browser and shared by all its tabs. `usual` holds until somebody
 * chooses, and while the server renders.
 */
export function useStoredChoice<Usual extends string, Other extends string>(
  name: string,
  usual: Usual,
  other: Other,
): [Usual | Other, (next: Usual | Other) => void] {
  const chosen = useSyncExternalStore(
    (listener) => listen(name, listener),
    () => (localStorage.getItem(stored(name)) === other ? other : usual),
    () => usual,
  );
  return [chosen, (next) => storeChoice(name, next)];
}

/** Keeps a choice, for what uses it here and in other tabs. */
export function storeChoice(name: string, next: string): void {
  localStorage.setItem(stored(name), next);
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

function stored(name: string): string {
  return `postern.${name}`;
}

function changed(name: string): string {
  return `postern:${name}`;
}
