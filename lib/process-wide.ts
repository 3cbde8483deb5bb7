/**
 * The one value of a name in this process. `server.ts`, Next's route handlers and Next's pages each load
 * their own copy of every module, so what must exist once (the pool, the verify cache, the spool, the
 * limiter) hangs on `globalThis` instead of in a module.
 */
export function processWide<T>(name: string, make: () => T): T {
  const slot = slotOf(name);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  const existing = holder[slot];
  if (existing !== undefined) return existing;
  const made = make();
  holder[slot] = made;
  return made;
}

/** Every call to the API asks for several of them: finding a slot by its text costs more than what is in it. */
const slots = new Map<string, symbol>();

function slotOf(name: string): symbol {
  const slot = slots.get(name) ?? Symbol.for(`postern.${name}`);
  slots.set(name, slot);
  return slot;
}
