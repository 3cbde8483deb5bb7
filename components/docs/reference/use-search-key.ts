import { type RefObject, useEffect, useRef } from "react";
import { placeOf, shortcutOf } from "@/components/shell/shortcuts";
import { useSingleKeys } from "@/components/shell/single-keys";

/** A search box that `/` leads to, as in the console, unless single keys were turned off there. */
export function useSearchKey(): RefObject<HTMLInputElement | null> {
  const [singleKeys] = useSingleKeys();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const shortcut = shortcutOf(event, placeOf(document.activeElement), singleKeys);
      if (event.defaultPrevented || shortcut !== "search") return;
      event.preventDefault();
      box.current?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [singleKeys]);
  return box;
}
