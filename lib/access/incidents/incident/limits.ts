/** The most characters of an incident's notes, and of the text about the people that it touched. */
export const INCIDENT_TEXT_MAX = 5_000;

/** The most members that are mailed when an incident is opened. The console tells everybody. */
export const TOLD_MAX = 20;

/** The most incidents of one list. */
export const INCIDENTS_SHOWN = 20;

/** A caller no longer counts as calling with the old key once this long has passed without a call. */
export const GONE_AFTER_MS = 60 * 60 * 1_000;

/** The four steps, in order. */
export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];
