import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import { askedTogether } from "@/lib/platform/operations/asked-together";

/** A part that the process needs: it resolves while the part works, and rejects with why not. */
export type Check = () => Promise<void>;

/** `draining`: the process ends, and takes no new work. */
export type CheckState = "ok" | "failed" | "draining";

/** The outcome of each check, by its name. */
export type Readiness = { ready: boolean; checks: Readonly<Record<string, CheckState>> };

/** The answer of a check holds this long, so that a flood of probes costs no more than one a second. */
const KEPT_MS = SECOND_MS;
/** The longest that a probe waits for a check. */
const PATIENCE_MS = 2 * SECOND_MS;

/**
 * The checks that tell if this process can do its work. Each check is bounded in time and shared by all who ask at once.
 * One that fails is logged when it begins to and when it works again, with the reason that no probe is told.
 */
export class ReadinessChecks {
  readonly #checks: readonly { name: string; look: () => Promise<CheckState> }[];
  #draining = false;

  constructor(checks: Readonly<Record<string, Check>>) {
    this.#checks = Object.entries(checks).map(([name, check]) => ({
      name,
      look: watched(name, check),
    }));
  }

  /** Says from now on that the process takes no work: it ends. */
  drain(): void {
    this.#draining = true;
  }

  /** The state of every check, within two seconds. Never rejects. */
  async look(): Promise<Readiness> {
    const results = await Promise.all(
      this.#checks.map(async ({ name, look }) => [name, await look()] as const),
    );
    const accepting: CheckState = this.#draining ? "draining" : "ok";
    const checks = { ...Object.fromEntries(results), accepting };
    return { ready: Object.values(checks).every((state) => state === "ok"), checks };
  }
}

function watched(name: string, check: Check): () => Promise<CheckState> {
  const ask = askedTogether(check, { keepMs: KEPT_MS, patienceMs: PATIENCE_MS });
  let worked = true;
  return async () => {
    try {
      await ask();
      if (!worked) log.info({ check: name }, "a check that failed works again");
      worked = true;
      return "ok";
    } catch (error) {
      if (worked)
        log.warn({ check: name, err: error }, "this process is not ready: a check failed");
      worked = false;
      return "failed";
    }
  };
}
