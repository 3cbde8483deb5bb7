/** The prefix of the names on `globalThis`. */
export const SLOT_PREFIX = "postern.";

/**
 * Returns the one value of a name in this process, made on first use. `server.ts`, Next's route handlers and
 * Next's pages each load their own copy of every module, so what must exist once (the pool, the verify cache,
 * the spool, the limiter) hangs on `globalThis` and not in a module.
 */
export function processWide<T>(name: string, make: () => T): T {
  const slot = Symbol.for(`${SLOT_PREFIX}${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  const existing = holder[slot];
  if (existing !== undefined) return existing;
  const made = make();
  holder[slot] = made;
  return made;
}
