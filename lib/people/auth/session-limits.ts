import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";

/** How long a session lives without being used. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;

/** How long a session lives however much it is used. */
export const SESSION_LIFE_MS = 7 * DAY_MS;
