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
  const changed = `postern:${name}`;
  const stored = `postern.${name}`;
  const chosen = useSyncExternalStore(
    (listener) => listen(changed, listener),
    () => (localStorage.getItem(stored) === other ? other : usual),
    () => usual,
  );

  function choose(next: Usual | Other) {
    localStorage.setItem(stored, next);
    window.dispatchEvent(new Event(changed));
  }

  return [chosen, choose];
}

/** Hears of changes in this tab, and in others. */
function listen(changed: string, listener: () => void): () => void {
  window.addEventListener(changed, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(changed, listener);
    window.removeEventListener("storage", listener);
  };
}
