import { setImmediate } from "node:timers/promises";

/** Time after which long work lets others go first. */
const SLICE_MS = 10;

/**
 * Maps the items of a list that a caller may make long, one after another, and lets waiting requests go first every
 * few milliseconds.
 */
export async function mapUnhurried<Item, Mapped>(
  items: readonly Item[],
  map: (item: Item, at: number) => Mapped,
): Promise<Mapped[]> {
  const mapped: Mapped[] = [];
  let until = performance.now() + SLICE_MS;
  for (const [at, item] of items.entries()) {
    mapped.push(map(item, at));
    if (performance.now() < until) continue;
    await othersFirst();
    until = performance.now() + SLICE_MS;
  }
  return mapped;
}

/** Lets everything that waits for this process go first, between two long steps of one piece of work. */
export async function othersFirst(): Promise<void> {
  await setImmediate();
}
