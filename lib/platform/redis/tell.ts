import { log } from "@/lib/platform/log";
import { nameInRedis, redisLink } from "@/lib/platform/redis/redis-link";

/**
 * Tells every process that hears this channel by Redis. Waits for nothing and never fails: without Redis, and while it is
 * away, nobody hears of it this way. It is tried also where counts have given Redis up, since a late word is worth more
 * than none.
 */
export function tellByRedis(channel: string, payload: string): void {
  redisLink()
    ?.client.publish(nameInRedis(channel), payload)
    .catch((error: unknown) => log.debug({ err: error }, "others could not be told by redis"));
}
