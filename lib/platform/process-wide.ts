const SLOT = Symbol.for("postern");

/** All values of this process by their names. Every copy of this module has the same map. */
const values: Map<string, unknown> = sharedMap();

/**
 * Returns the one value of a name in this process, made on first use. `server.ts`, Next's route handlers and
 * Next's pages each load their own copy of every module, so what must exist once (the pool, the verify cache,
 * the spool, the limiter) hangs on `globalThis` and not in a module. One map there instead of a slot for each name:
 * a call asks a dozen times, and making the names of slots took 3 % of its time.
 */
export function processWide<T>(name: string, make: () => T): T {
  const existing = values.get(name);
  if (existing !== undefined) return existing as T;
  const made = make();
  values.set(name, made);
  return made;
}

/** All values by their names, for tests: they put others in their place, and end them as a new process would. */
export function processValues(): Map<string, unknown> {
  return values;
}

function sharedMap(): Map<string, unknown> {
  const holder = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>;
  holder[SLOT] ??= new Map();
  return holder[SLOT];
}
