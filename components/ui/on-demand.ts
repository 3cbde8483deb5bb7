import { useEffect, useSyncExternalStore } from "react";

/** A part of a page that is not needed before somebody does something. */
export type OnDemand<Part> = {
  /** The part, fetched first where that is still to do. Rejects when that fails; the next call tries again. */
  get: () => Promise<Part>;
  /** The part where it is here, else null. */
  peek: () => Part | null;
  /** Tells `follower` when the part is here. Returns the end of that. */
  follow: (follower: () => void) => () => void;
};

/** The ways in which somebody begins to use a page. */
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown"] as const;
const QUIET_WITHIN_MS = 300;
/** The pause before another try to fetch a part that somebody waits for. */
const RETRY_MS = 2_000;

/** The acts that wait for the first sign of life; null after it. */
let waiting: (() => void)[] | null = [];

/**
 * Fetches a part of the page as soon as somebody begins to use the page. Dialogs, menus and schemas are at hand by
 * the first press, and none of them holds up the page. Each part is declared once, at the top of a module.
 */
export function onDemand<Part>(load: () => Promise<Part>): OnDemand<Part> {
  const followers = new Set<() => void>();
  let part: Part | null = null;
  let loading: Promise<Part> | null = null;

  async function fetchPart(): Promise<Part> {
    try {
      part = await load();
    } catch (error) {
      loading = null;
      throw error;
    }
    for (const tell of followers) tell();
    return part;
  }

  function get(): Promise<Part> {
    loading ??= fetchPart();
    return loading;
  }

  function follow(follower: () => void): () => void {
    followers.add(follower);
    return () => followers.delete(follower);
  }

  if (typeof window !== "undefined") onceUsed(() => fetchAhead(get));
  return { get, peek: () => part, follow };
}

/** The part where it is here, else null. It is fetched once it is `wanted`, again and again while that fails. */
export function useOnDemand<Part>(demanded: OnDemand<Part>, wanted: boolean): Part | null {
  useEffect(() => {
    if (!wanted) return;
    fetchAhead(demanded.get);
    const timer = setInterval(() => fetchAhead(demanded.get), RETRY_MS);
    return () => clearInterval(timer);
  }, [demanded, wanted]);
  return useSyncExternalStore(demanded.follow, demanded.peek, () => null);
}

/** Nobody needs the part yet, or it is asked for again in a moment. */
function fetchAhead(get: () => Promise<unknown>): void {
  get().catch(() => {});
}

function onceUsed(act: () => void): void {
  if (waiting === null) {
    whenQuiet(act);
    return;
  }
  if (waiting.length === 0) {
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, beginAll, { once: true });
  }
  waiting.push(act);
}

function beginAll(): void {
  for (const act of waiting ?? []) whenQuiet(act);
  waiting = null;
}

/** Safari has no idle callbacks. */
function whenQuiet(act: () => void): void {
  if ("requestIdleCallback" in window) {
    window.requestIdleCallback(act, { timeout: QUIET_WITHIN_MS });
  } else setTimeout(act);
}
