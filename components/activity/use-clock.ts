import { useStoredChoice } from "@/components/ui/use-stored-choice";

/** The clock by which the activity page shows times. */
export type Clock = "utc" | "local";

/** The clock this browser's person chose, remembered here; UTC until they choose. */
export function useClock(): [Clock, (next: Clock) => void] {
  return useStoredChoice("activity-clock", "utc", "local");
}
