import { Client } from "pg";
import { SECOND_MS } from "@/lib/platform/clock";
import { databaseUrl, isEmbeddedDatabase } from "@/lib/platform/database/pool";
import { log } from "@/lib/platform/log";

/** A channel of the database, and what is done about what comes in by it. */
export type Hearing = {
  channel: string;
  /** Takes the payloads that came in together, in the order of the changes they tell of. */
  hear: (payloads: readonly string[]) => void;
  /** Some may have been missed: the connection was lost, or is there again. */
  missed: () => void;
};

/** The name by which an operator finds this connection in `pg_stat_activity`. */
export const LISTENER_NAME = "postern-listener";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5 * SECOND_MS;
/** The time between two questions for a sign of life, and the time the connection has for one. */
const ASK_EVERY_MS = 5 * SECOND_MS;
const ANSWER_WITHIN_MS = 2 * SECOND_MS;

/**
 * Keeps one connection on which the database tells this process of what others did, and hands it to the hearings.
 * Resolves once it listens, or once it could not connect: then it tries again, at last every five seconds. The
 * embedded database has one process and no need of this, so there nothing is opened.
 */
export async function startListening(hearings: readonly Hearing[]): Promise<{ stop: () => void }> {
  if (isEmbeddedDatabase()) return { stop: () => {} };
  const listener = new Listener(hearings);
  await listener.connect();
  return { stop: () => listener.stop() };
}

class Listener {
  readonly #hearings: readonly Hearing[];
  readonly #heard = new Map<string, string[]>();
  #client: Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(hearings: readonly Hearing[]) {
    this.#hearings = hearings;
  }

  async connect(): Promise<void> {
    const client = new Client({
      connectionString: databaseUrl(),
      application_name: LISTENER_NAME,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
    });
    this.#client = client;
    client.on("error", (error) => this.#lose(client, error));
    client.on("end", () => this.#lose(client, new Error("The connection ended.")));
    client.on("notification", ({ channel, payload = "" }) => this.#gather(channel, payload));
    try {
      await client.connect();
      await client.query(
        this.#hearings
          .map(({ channel }) => `LISTEN ${client.escapeIdentifier(channel)}`)
          .join("; "),
      );
      this.#noteConnected(client);
    } catch (error) {
      this.#lose(client, error);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#leave();
  }

  #noteConnected(client: Client): void {
    if (this.#client !== client) return;
    if (this.#failures > 0) log.info("the database tells of changes again");
    this.#failures = 0;
    this.#tellOfGap();
    this.#askLater(client);
  }

  /** A connection behind a black hole is neither closed nor does it bring anything. */
  #askLater(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query("SELECT 1").then(
        () => this.#client === client && this.#askLater(client),
        (error: unknown) => this.#lose(client, error),
      );
    }, ASK_EVERY_MS);
    this.#timer.unref();
  }

  #lose(client: Client, error: unknown): void {
    if (this.#client !== client) return;
    clearTimeout(this.#timer);
    this.#leave();
    this.#failures += 1;
    if (this.#failures === 1) log.warn({ err: error }, "the database no longer tells of changes");
    this.#tellOfGap();
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LAST_RETRY_MS);
    this.#timer = setTimeout(() => void this.connect(), delayMs);
    this.#timer.unref();
  }

  #leave(): void {
    const client = this.#client;
    this.#client = null;
    client?.end().catch(() => {
      // It is lost already.
    });
  }

  #tellOfGap(): void {
    for (const { missed } of this.#hearings) missed();
  }

  /** Notifications of one packet are handed on together: a change of hundreds of keys is then heard of once. */
  #gather(channel: string, payload: string): void {
    if (this.#heard.size === 0) queueMicrotask(() => this.#handOn());
    const payloads = this.#heard.get(channel);
    if (payloads) payloads.push(payload);
    else this.#heard.set(channel, [payload]);
  }

  #handOn(): void {
    const heard = [...this.#heard];
    this.#heard.clear();
    for (const [channel, payloads] of heard) {
      for (const hearing of this.#hearings) {
        if (hearing.channel === channel) hearing.hear(payloads);
      }
    }
  }
}
