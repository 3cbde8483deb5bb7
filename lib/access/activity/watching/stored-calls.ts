import { type CallWatchers, callWatchers } from "@/lib/access/activity/watching/call-watchers";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import type { Hearing } from "@/lib/platform/hearing";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

const CHANNEL = "calls_stored";
/** The shortest time between two notifications of this process: each takes a lock that the database has once. */
const PAUSE_MS = 250;
/** A notification holds 8000 bytes. More workspaces than these are told of as all there are. */
const MAX_NAMED = 200;
const ALL = "*";

/** Tells those who watch in this process what any process stored, and all of them where it may have missed some. */
export const storedCalls: Hearing = {
  channel: CHANNEL,
  hear: (payloads) => {
    const named = new Set(payloads.flatMap((payload) => payload.split(" ")));
    if (named.has(ALL)) callWatchers().tellAll();
    else for (const workspaceId of named) callWatchers().tell(workspaceId);
  },
  missed: () => callWatchers().tellAll(),
};

/**
 * Tells those who watch, in every process, that calls of these workspaces were stored. Call it after the commit. Waits
 * for nothing: others hear of it at once or a quarter of a second later.
 */
export function tellStored(workspaceIds: Iterable<string>): void {
  teller().tell(workspaceIds);
}

/** Tells what is still to be told, before the process ends. */
export async function tellRest(): Promise<void> {
  await teller().tellNow();
}

function teller(): Teller {
  return processWide("stored-calls", () => new Teller(callWatchers()));
}

class Teller {
  readonly #watchers: CallWatchers;
  readonly #untold = new Set<string>();
  #resting: NodeJS.Timeout | null = null;

  constructor(watchers: CallWatchers) {
    this.#watchers = watchers;
  }

  tell(workspaceIds: Iterable<string>): void {
    for (const id of workspaceIds) {
      // The one process of the embedded database tells itself.
      if (isEmbeddedDatabase()) this.#watchers.tell(id);
      else this.#untold.add(id);
    }
    if (this.#untold.size > 0 && this.#resting === null) void this.tellNow();
  }

  /** Workspaces that can't be told of now are told of with the next: the processes hear that they missed something once they reconnect. */
  async tellNow(): Promise<void> {
    if (this.#untold.size === 0) return;
    this.#rest();
    const ids = [...this.#untold];
    this.#untold.clear();
    const payload = ids.length > MAX_NAMED ? ALL : ids.join(" ");
    try {
      await pool().query("SELECT pg_notify($1, $2)", [CHANNEL, payload]);
    } catch (error) {
      for (const id of ids) this.#untold.add(id);
      log.debug({ err: error }, "others could not be told of stored calls");
    }
  }

  #rest(): void {
    if (this.#resting) clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#resting = null;
      void this.tellNow();
    }, PAUSE_MS);
    this.#resting.unref();
  }
}
