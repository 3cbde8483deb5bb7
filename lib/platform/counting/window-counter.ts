import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { nameInRedis, type RedisLink, redisLink } from "@/lib/platform/redis/redis-link";

/** The points in a key's window after a count, and the end of the window. */
export type WindowState = { readonly consumedPoints: number; readonly msBeforeNext: number };

/** Counts by key. A key's window begins with its first count, and lasts a minute. */
export type MinuteCounter = {
  /** Counts `amount` (1 when left out) for a key. */
  count: (key: string, amount?: number) => Promise<WindowState>;
  /** Takes back what was counted for a key. */
  takeBack: (key: string, amount?: number) => Promise<WindowState>;
};

/** The length of a window. */
export const WINDOW_SECONDS = MINUTE_MS / SECOND_MS;

/** The limiter only counts: callers compare, so that a changed limit holds from the next count on. */
const OPTIONS = { points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS };

/**
 * A counter under `name`, shared by all processes with the same `REDIS_URL`. Without one, and while Redis does not
 * answer, each process counts by itself. It never fails.
 */
export function minuteCounter(name: string, link = redisLink()): MinuteCounter {
  const own = new RateLimiterMemory(OPTIONS);
  if (link) return sharedCounter(link, name, own);
  return {
    count: (key, amount) => own.penalty(key, amount),
    takeBack: (key, amount) => own.reward(key, amount),
  };
}

function sharedCounter(link: RedisLink, name: string, own: RateLimiterMemory): MinuteCounter {
  const keyPrefix = nameInRedis(name);
  const shared = new RateLimiterRedis({ ...OPTIONS, storeClient: link.client, keyPrefix });
  return {
    count: (key, amount) =>
      link.askOr(
        () => shared.penalty(key, amount),
        () => own.penalty(key, amount),
      ),
    takeBack: (key, amount) =>
      link.askOr(
        () => shared.reward(key, amount),
        () => own.reward(key, amount),
      ),
  };
}
