import { z } from "zod";
import { HOUR_MS } from "@/lib/platform/clock";

export const HOURS_OF_DAY = 24;
export const HOURS_OF_WEEK = 7 * HOURS_OF_DAY;

/**
 * The usual limits of a number: the most in each hour of the week, from Sunday 00:00 UTC on, and the most at any time.
 */
const season = z.object({
  upper: z.array(z.number()).length(HOURS_OF_WEEK),
  top: z.number(),
});
export type Season = z.infer<typeof season>;

/** The habit of a key as it is stored. */
export const habitSchema = z.object({
  /** The time that it was learned from: from the first hour to the end of the last hour with calls. */
  since: z.coerce.date(),
  until: z.coerce.date(),
  calls: season,
  contactsRead: season,
  /** The most routes on which calls of one hour were refused, and the most calls of one hour that were not found. */
  refusedRoutesTop: z.number(),
  notFoundTop: z.number(),
  /** The share of calls that were not found, from 0 to 1. */
  notFoundShare: z.number(),
  /**
   * The hours of the week in which it calls in three weeks of four, and the most of them that it ever missed in a row.
   */
  active: z.array(z.boolean()).length(HOURS_OF_WEEK),
  missedTop: z.number(),
});

/** The habit of a key: the numbers that are usual for it. */
export type Habit = z.infer<typeof habitSchema>;

/** The calls of a key in one UTC hour. */
export type HourTotals = {
  hour: Date;
  calls: number;
  /** The routes on which calls were refused with 401 or 403. */
  refusedRoutes: number;
  notFound: number;
  contactsRead: number;
};

/** The hour of the week of an instant, in UTC: 0 is Sunday 00:00 to 01:00. */
export function hourOfWeek(at: Date): number {
  return at.getUTCDay() * HOURS_OF_DAY + at.getUTCHours();
}

/** The number of hours since 1970 at which an instant's hour starts. */
export function hourNumber(at: Date): number {
  return Math.floor(at.getTime() / HOUR_MS);
}
