import { useSyncExternalStore } from "react";

/** The reader's time zone; UTC where the server writes the page, which knows no reader's. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    neverChanges,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}

function neverChanges(): () => void {
  return () => {};
}
