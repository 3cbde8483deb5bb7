import { SECOND_MS } from "@/lib/platform/clock";

/** The name of the event that says: calls were stored. */
export const CALLS_EVENT = "calls";
/** The time between two signs of life of a stream. */
export const BEAT_MS = 15 * SECOND_MS;
/** The most streams that one member has open. A window that nobody looks at has none. */
export const PER_MEMBER_MAX = 8;
/** The most streams of a process. */
export const PER_PROCESS_MAX = 1_000;
