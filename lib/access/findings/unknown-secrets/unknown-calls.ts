import { HOUR_MS, startOf } from "@/lib/platform/clock";

/** The names that are remembered at once. A flood under more names hides others until it is stored: ten seconds. */
export const NAMES_MAX = 500;
/** The different secrets that are told apart of one name and hour. */
export const SECRETS_MAX = 100;

/** A call with a secret that no key has: its name here, the SHA-256 of the secret in hex, and its time. */
export type UnknownCall = { name: string; hash: string; at: Date };

/**
 * The calls under one name in one hour that are not stored yet, and the different secrets of all its calls of that hour.
 */
export type UnknownHour = {
  name: string;
  hour: Date;
  calls: number;
  secrets: number;
  lastAt: Date;
};

type Gathered = Omit<UnknownHour, "secrets"> & { seen: Set<number> };

/**
 * Counts calls with secrets that no key has by a name, such as the caller's IP address, and hour. Memory is bounded
 * whatever is sent: 500 names, and 100 secrets of each. Of a secret it holds 48 bits of the hash, to tell it from others.
 */
export class UnknownCalls {
  readonly #gathered = new Map<string, Gathered>();

  /** Counts a call. It is left out where there are too many names. */
  count({ name, hash, at }: UnknownCall): void {
    const hour = startOf(at, HOUR_MS);
    const gathered = this.#gathered.get(idOf({ name, hour })) ?? this.#begin(name, hour);
    if (!gathered) return;
    gathered.calls += 1;
    gathered.lastAt = at;
    if (gathered.seen.size < SECRETS_MAX) gathered.seen.add(Number.parseInt(hash.slice(0, 12), 16));
  }

  /** Everything that is not stored yet. */
  waiting(): UnknownHour[] {
    return [...this.#gathered.values()]
      .filter(({ calls }) => calls > 0)
      .map(({ seen, ...rest }) => ({ ...rest, secrets: seen.size }));
  }

  /**
   * Tells that `stored` needs to be stored no more. Names that are not `kept` are forgotten, and hours before that of
   * `now`.
   */
  settle(stored: readonly UnknownHour[], kept: ReadonlySet<string>, now: Date): void {
    for (const hour of stored) {
      const gathered = this.#gathered.get(idOf(hour));
      if (gathered) gathered.calls -= hour.calls;
    }
    const thisHour = startOf(now, HOUR_MS);
    for (const [id, { name, hour, calls }] of this.#gathered) {
      if (calls === 0 && (hour < thisHour || !kept.has(name))) this.#gathered.delete(id);
    }
  }

  #begin(name: string, hour: Date): Gathered | null {
    if (this.#gathered.size >= NAMES_MAX) return null;
    const fresh = { name, hour, calls: 0, lastAt: hour, seen: new Set<number>() };
    this.#gathered.set(idOf(fresh), fresh);
    return fresh;
  }
}

function idOf({ name, hour }: Pick<UnknownHour, "name" | "hour">): string {
  return `${hour.getTime()} ${name}`;
}
