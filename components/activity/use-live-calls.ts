import { useEffect, useState } from "react";
import { BEAT_MS, CALLS_EVENT } from "@/lib/access/activity/watching/limits";
import { LIVE_URL } from "./activity-url";

/** The state of the stream: being opened, open, lost and sought again, or refused, with the reason in words. */
export type LiveState = "opening" | "live" | "reconnecting" | { refused: string };

/** Without a sign of life for this long the connection is dead, whatever the browser takes it for. */
const SILENCE_MS = 2.5 * BEAT_MS;
/** The browser comes back by itself where a connection broke, but not where it was answered something else. */
const TRY_AGAIN_MS = 5_000;
/** The statuses by which the server says why it opens no stream. */
const REFUSALS = [401, 403, 429];

/**
 * Calls `onCalls` when there are new calls, and whenever some may have been missed, while `isOn` and while the page is
 * looked at: browsers have few connections to a server, and a hidden page needs none.
 */
export function useLiveCalls(isOn: boolean, onCalls: () => void): LiveState {
  const [state, setState] = useState<LiveState>("opening");
  useEffect(() => {
    if (!isOn) return;
    const connection = new LiveConnection(setState, onCalls);
    const follow = () => {
      if (document.visibilityState === "visible") connection.open();
      else connection.close();
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("online", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      window.removeEventListener("online", follow);
      connection.close();
      setState("opening");
    };
  }, [isOn, onCalls]);
  return state;
}

class LiveConnection {
  readonly #setState: (state: LiveState) => void;
  readonly #onCalls: () => void;
  #source: EventSource | null = null;
  #timer: number | undefined;

  constructor(setState: (state: LiveState) => void, onCalls: () => void) {
    this.#setState = setState;
    this.#onCalls = onCalls;
  }

  open(): void {
    this.close();
    const source = new EventSource(LIVE_URL);
    this.#source = source;
    const alive = () => {
      this.#setState("live");
      this.#after(SILENCE_MS, () => this.#lose());
    };
    source.addEventListener("open", alive);
    source.addEventListener("beat", alive);
    source.addEventListener(CALLS_EVENT, () => {
      alive();
      this.#onCalls();
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) void this.#askWhy(source);
      else this.#setState("reconnecting");
    });
    // A server that takes the connection and says nothing has as long as one that falls silent.
    this.#after(SILENCE_MS, () => this.#lose());
  }

  close(): void {
    window.clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #after(durationMs: number, act: () => void): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(act, durationMs);
  }

  #lose(): void {
    this.#setState("reconnecting");
    this.open();
  }

  /** An event source says that it was refused, and not why. Where it stays so, the page asks for new calls itself. */
  async #askWhy(source: EventSource): Promise<void> {
    this.#after(TRY_AGAIN_MS, () => this.open());
    const asking = new AbortController();
    const answer = await fetch(LIVE_URL, { signal: asking.signal }).catch(() => null);
    const reason = answer && REFUSALS.includes(answer.status) ? await answer.text() : null;
    asking.abort();
    if (this.#source !== source) return;
    this.#setState(reason ? { refused: reason } : "reconnecting");
    if (reason) this.#onCalls();
  }
}
