import { z } from "zod";

const count = z.number().int().min(0);
const instant = z.coerce.date();

const route = z.object({ method: z.string(), route: z.string(), count });

/** An hour in which a key did far more of something than is usual, and the hours after it that were unusual too. */
const excess = z.object({
  /** From the start of the first such hour to the end of the last, or to the look that found it under way. */
  from: instant,
  to: instant,
  /** The largest count of such an hour. */
  count,
  /** The busiest hour of the last five weeks, and the number above which this hour was unusual. */
  usual: count,
  limit: count,
  /** The routes with the largest part of it. A route without a pattern is "". */
  routes: z.array(route),
});

/** The facts of an hour with far more of something than is usual. */
export type Excess = z.infer<typeof excess>;

const caller = z.object({
  network: z.string(),
  /** The IP address in it that called first. */
  address: z.string(),
  program: z.string(),
  firstAt: instant,
  /** True where a program of this name called with the key before. */
  isKnownProgram: z.boolean(),
});

/** The hour with the most calls with secrets that no key has. */
const unknownHour = z.object({
  from: instant,
  /** The time of its last such call. */
  to: instant,
  calls: count,
  /** The different secrets that are known of. There may have been more. */
  secrets: count,
});

/** The facts of the kinds that are about unusual calls. */
export const UNUSUAL_FACTS = {
  burst: excess,
  bulk_reading: excess,
  scanning: excess,
  walking: excess,
  new_network: z.object({ callers: z.array(caller), networks: count }),
  silent: z.object({
    lastUsedAt: instant,
    /** The hours since then in which it usually calls, and the number of such hours from which on it is silent. */
    missed: count,
    limit: count,
    /** The hours of a day in which it usually calls. */
    hoursOfDay: count,
  }),
  retired_secret_called: z.object({
    retiredAt: instant,
    calls: count,
    /** The start of the hour of the last call. */
    lastAt: instant,
  }),
  key_in_url: z.object({ from: instant, to: instant, calls: count }),
  /** The address is that of a known caller of the key. */
  unknown_secrets: unknownHour.extend({ address: z.string() }),
  key_guessed: unknownHour,
};
