import { useStoredChoice } from "@/components/ui/use-stored-choice";

/**
 * Whether single keys act, kept in this browser. Whoever speaks to their computer needs a way to turn them
 * off, since a spoken word would press many of them.
 */
export function useSingleKeys() {
  return useStoredChoice("single-keys", "on", "off");
}
