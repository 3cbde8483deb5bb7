import { nameInRedis, redisLink } from "@/lib/platform/redis/redis-link";

/**
 * Tells every process that hears this channel by Redis. Waits for nothing and never fails: without Redis, and while it
 * does not answer, nobody hears of it this way.
 */
export function tellByRedis(channel: string, payload: string): void {
  const link = redisLink();
  if (!link) return;
  void link.askOr(
    async () => void (await link.client.publish(nameInRedis(channel), payload)),
    async () => {},
  );
}
