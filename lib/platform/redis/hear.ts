import { env } from "@/lib/platform/env";
import { ANSWER_WITHIN_MS, type Hearing, keepHearing, type OpenLine } from "@/lib/platform/hearing";
import { nameInRedis, nodeOptions } from "@/lib/platform/redis/redis-link";

/**
 * Keeps one connection on which Redis brings what other processes tell by `tellByRedis`, and hands it to the hearings, as
 * `keepHearing` says. Without `REDIS_URL` nothing is opened.
 */
export async function hearByRedis(
  hearings: readonly Hearing[],
  nodes = env().REDIS_URL,
): Promise<{ stop: () => void }> {
  if (!nodes) return { stop: () => {} };
  return await keepHearing("redis", lineTo(nodes), hearings);
}

/** Any node of a cluster brings what was told to any other, so each try may go to the next. */
function lineTo(nodes: readonly string[]): OpenLine {
  let tries = 0;
  return async (channels, { heard, lost }) => {
    const { Redis } = await import("ioredis");
    const node = nodes[tries % nodes.length] ?? "";
    tries += 1;
    const client = new Redis(node, {
      ...nodeOptions(nodes),
      connectionName: "postern-listener",
      commandTimeout: ANSWER_WITHIN_MS,
      lazyConnect: true,
      retryStrategy: () => null,
    });
    const byName = new Map(channels.map((channel) => [nameInRedis(channel), channel]));
    client.on("error", lost);
    client.on("close", () => lost(new Error("The connection ended.")));
    client.on("message", (name, payload) => heard(byName.get(name) ?? name, payload));
    try {
      await client.connect();
      await client.subscribe(...byName.keys());
    } catch (error) {
      client.disconnect();
      throw error;
    }
    return { ask: () => client.ping(), close: () => client.disconnect() };
  };
}
