import { now } from "@/lib/platform/clock";

const TICK_MS = 15_000;

type Follower = (moment: Date) => void;

const followers = new Set<Follower>();
let timer: ReturnType<typeof setInterval> | undefined;
let isTelling = false;

/**
 * Tells `follower` the time, again every 15 s, and again whenever another one begins to follow: all relative
 * times on a page count from the same moment, so a newer row never reads as the older one. Returns the end.
 */
export function followSharedClock(follower: Follower): () => void {
  followers.add(follower);
  timer ??= setInterval(tellAll, TICK_MS);
  tellSoon();
  return () => {
    followers.delete(follower);
    if (followers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Reads the clock once for all that begin together, as the rows of a list do. */
function tellSoon(): void {
  if (isTelling) return;
  isTelling = true;
  queueMicrotask(tellAll);
}

function tellAll(): void {
  isTelling = false;
  const moment = now();
  for (const follower of followers) follower(moment);
}
