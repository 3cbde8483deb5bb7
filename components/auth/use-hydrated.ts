import { useSyncExternalStore } from "react";

/**
 * Whether React has taken over the page. A form with a password is not to be sent before: the browser
 * would send it by itself, as a page load.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}

function subscribe(): () => void {
  return () => {};
}
