import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";

/** The time after which an unused session ends. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;

/** The time after which every session ends, however much it is used. */
export const SESSION_LIFE_MS = 7 * DAY_MS;
