import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";

/** A channel, and what is done about what comes in by it. */
export type Hearing = {
  channel: string;
  /** Takes the payloads that came in together, in the order of the changes they tell of. */
  hear: (payloads: readonly string[]) => void;
  /** Some may have been missed: the connection was lost, or is there again. */
  missed: () => void;
};

/** An open connection by which others tell of what they did. */
export type Line = {
  /** Resolves at a sign of life. Rejects where none comes within `ANSWER_WITHIN_MS`. */
  ask: () => Promise<unknown>;
  close: () => void;
};

/**
 * Opens a connection that brings what is told on these channels to `heard`. `lost` may be called whenever it ended by
 * itself. Rejects where it can't be opened, and leaves nothing open then.
 */
export type OpenLine = (
  channels: readonly string[],
  ends: {
    heard: (channel: string, payload: string) => void;
    lost: (error: unknown) => void;
  },
) => Promise<Line>;

/** The time between two questions for a sign of life, and the time the connection has for one. */
const ASK_EVERY_MS = 5 * SECOND_MS;
export const ANSWER_WITHIN_MS = 2 * SECOND_MS;

/** The first try comes soon, since everything told until the next line is open is missed. */
const FIRST_RETRY_MS = 20;
const LAST_RETRY_MS = 5 * SECOND_MS;

/**
 * Keeps a line open and hands what comes in by it to the hearings, until it is stopped. Resolves once it is open, or once
 * it could not be opened: then it is tried again, at last every five seconds. `teller` is its other end in the log.
 */
export async function keepHearing(
  teller: string,
  openLine: OpenLine,
  hearings: readonly Hearing[],
): Promise<{ stop: () => void }> {
  const keeper = new LineKeeper(teller, openLine, hearings);
  await keeper.open();
  return { stop: () => keeper.stop() };
}

class LineKeeper {
  readonly #teller: string;
  readonly #openLine: OpenLine;
  readonly #hearings: readonly Hearing[];
  readonly #heard = new Map<string, string[]>();
  #line: Line | null = null;
  /** The number of the line that counts: what an earlier one says or becomes is of no interest. */
  #current = 0;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;

  constructor(teller: string, openLine: OpenLine, hearings: readonly Hearing[]) {
    this.#teller = teller;
    this.#openLine = openLine;
    this.#hearings = hearings;
  }

  async open(): Promise<void> {
    this.#current += 1;
    const at = this.#current;
    const channels = this.#hearings.map(({ channel }) => channel);
    try {
      const line = await this.#openLine(channels, {
        heard: (channel, payload) => this.#gather(channel, payload),
        lost: (error) => this.#lose(at, error),
      });
      if (this.#current === at) this.#noteOpen(line, at);
      else line.close();
    } catch (error) {
      this.#lose(at, error);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#leave();
  }

  #noteOpen(line: Line, at: number): void {
    this.#line = line;
    if (this.#failures > 0) log.info(`${this.#teller} tells of changes again`);
    this.#failures = 0;
    this.#tellOfGap();
    this.#askLater(line, at);
  }

  /** A connection behind a black hole is neither closed nor does it bring anything. */
  #askLater(line: Line, at: number): void {
    this.#timer = setTimeout(() => {
      line.ask().then(
        () => this.#current === at && this.#askLater(line, at),
        (error: unknown) => this.#lose(at, error),
      );
    }, ASK_EVERY_MS);
    this.#timer.unref();
  }

  #lose(at: number, error: unknown): void {
    if (this.#current !== at) return;
    clearTimeout(this.#timer);
    this.#leave();
    this.#failures += 1;
    if (this.#failures === 1)
      log.warn({ err: error }, `${this.#teller} no longer tells of changes`);
    this.#tellOfGap();
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LAST_RETRY_MS);
    this.#timer = setTimeout(() => void this.open(), delayMs);
    this.#timer.unref();
  }

  #leave(): void {
    this.#current += 1;
    this.#line?.close();
    this.#line = null;
  }

  #tellOfGap(): void {
    for (const { missed } of this.#hearings) missed();
  }

  /** Everything in one packet is handed on together: a change of hundreds of keys is then heard of once. */
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
