/** The most characters of the notes of an incident, and of the people that it touched. */
export const INCIDENT_TEXT_MAX = 5_000;

/** Members that are mailed when an incident is opened; the console tells everybody. */
export const TOLD_MAX = 20;

/** Incidents of one list. */
export const INCIDENTS_SHOWN = 20;

/** Nobody counts as calling with the old key any more once this long has passed without a call. */
export const GONE_AFTER_MS = 60 * 60 * 1_000;

/** The four steps, in order. */
export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];
