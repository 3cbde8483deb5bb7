import { hkdfSync } from "node:crypto";
import type { Cluster, Redis, RedisOptions } from "ioredis";
import { SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The longest time for which a question to Redis holds up whoever asks. */
export const ANSWER_MS = 100;
/** The time between two looks whether Redis answers again. */
const LOOK_MS = SECOND_MS;
/** The time for which a start waits for Redis. */
const CONNECT_MS = 2 * SECOND_MS;
/** A connection on which nothing came for this long, while an answer is due, is made anew. */
const SILENT_MS = 5 * SECOND_MS;

/** Thrown where Redis did not answer in time. */
class RedisSlowError extends Error {}

/**
 * The connection to Redis, and whether it answers. Once a question failed or took longer than `ANSWER_MS`, nothing is
 * asked until a look in the background had its answer, so a Redis that hangs holds up the calls of one moment only.
 */
export class RedisLink {
  readonly client: Redis | Cluster;
  #isAway = false;
  #look: NodeJS.Timeout | null = null;

  constructor(client: Redis | Cluster) {
    this.client = client;
    // A question that cannot be asked fails for whoever asks.
    client.on("error", (error: Error) => log.debug({ err: error }, "redis"));
  }

  /** The answer to `question`, or what `otherwise` gives where Redis does not answer within `ANSWER_MS`. */
  async askOr<T>(question: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    if (this.#isAway) return await otherwise();
    try {
      return await inTime(question());
    } catch (error) {
      this.#noteAway(error);
      return await otherwise();
    }
  }

  /** Waits until Redis answers, for two seconds at most. False where it does not; it is then looked for further. */
  async answers(): Promise<boolean> {
    const untilMs = performance.now() + CONNECT_MS;
    while (performance.now() < untilMs) {
      const asked = await this.#ping().then(
        () => true,
        () => new Promise<false>((resolve) => setTimeout(resolve, ANSWER_MS, false)),
      );
      if (asked) return true;
    }
    this.#noteAway(new RedisSlowError("Redis did not answer at the start."));
    return false;
  }

  /** Lets go of the connection. */
  close(): void {
    if (this.#look) clearInterval(this.#look);
    this.client.disconnect();
  }

  async #ping(): Promise<void> {
    await inTime(this.client.ping());
  }

  #noteAway(error: unknown): void {
    if (this.#isAway) return;
    this.#isAway = true;
    log.warn({ err: error }, "redis does not answer: limits count in this process alone meanwhile");
    this.#look = setInterval(() => void this.#lookAgain(), LOOK_MS);
    this.#look.unref();
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.#ping();
    } catch {
      return;
    }
    if (!this.#isAway) return;
    this.#isAway = false;
    if (this.#look) clearInterval(this.#look);
    log.info("redis answers again: limits are shared");
  }
}

/** Connects this process to the Redis at `REDIS_URL`; null where none is set. Call it once, before limits are counted. */
export async function connectRedis(): Promise<RedisLink | null> {
  const nodes = env().REDIS_URL;
  if (nodes) holder().link ??= new RedisLink(await clientFor(nodes));
  return holder().link;
}

/** The connection of this process to Redis; null where it has none. */
export function redisLink(): RedisLink | null {
  return holder().link;
}

/** `name` as it is called in Redis: the same in all processes of one Postern, and another in every other, which may use it too. */
export function nameInRedis(name: string): string {
  const mark = hkdfSync("sha256", env().AUTH_SECRET ?? "", "", "postern names in redis", 6);
  return `postern:${Buffer.from(mark).toString("hex")}:${name}`;
}

/** The options that every connection to one of these nodes shares: its time limits, and what its URL says of all nodes. */
export function nodeOptions([first = ""]: readonly string[]) {
  const { protocol, username, password } = new URL(first);
  return {
    connectTimeout: CONNECT_MS,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol === "rediss:" ? { tls: {} } : {}),
  } satisfies RedisOptions;
}

function holder(): { link: RedisLink | null } {
  return processWide("redis", () => ({ link: null }));
}

/**
 * A client of one server, or of a cluster that these nodes belong to. Only who uses Redis loads it. A question that gets
 * no answer is not asked again, since it may have been counted.
 */
export async function clientFor(nodes: readonly string[]): Promise<Redis | Cluster> {
  const { Cluster, Redis } = await import("ioredis");
  const options = {
    ...nodeOptions(nodes),
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: SILENT_MS,
    connectionName: "postern",
  } satisfies RedisOptions;
  const waiting = { enableOfflineQueue: false, enableAutoPipelining: true };
  const [first = ""] = nodes;
  const isCluster = nodes.length > 1 || new URL(first).searchParams.get("cluster") === "true";
  if (!isCluster) {
    return new Redis(first, { ...options, ...waiting, retryStrategy: () => LOOK_MS });
  }
  return new Cluster([...nodes], {
    ...waiting,
    clusterRetryStrategy: () => LOOK_MS,
    redisOptions: options,
  });
}

/** Rejects where the answer takes longer than `ANSWER_MS`. One that came while this process was busy is read first. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new RedisSlowError(`Redis took longer than ${ANSWER_MS} ms.`));
    const timer = setTimeout(() => setImmediate(late), ANSWER_MS);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
