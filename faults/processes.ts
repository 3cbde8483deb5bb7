import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../e2e/free-port";
import { type Postern, startPostern } from "../e2e/postern";

/** A kind of process, as its npm script starts it. */
export type Kind = {
  program: readonly string[];
  /** True for a process that answers the API. */
  answers: boolean;
  /** Kinds that must run beside it, for calls to be answered and jobs to be done. */
  beside: readonly KindName[];
};

export type KindName = "start" | "start:web" | "start:api" | "start:worker";

/** Every kind of process that Postern has. Each is killed under load. */
export const KINDS: Readonly<Record<KindName, Kind>> = {
  start: { program: ["scripts/start.mjs"], answers: true, beside: [] },
  "start:web": {
    program: ["scripts/start.mjs", "--web"],
    answers: true,
    beside: ["start:api", "start:worker"],
  },
  "start:api": { program: ["scripts/start.mjs", "--api"], answers: true, beside: ["start"] },
  "start:worker": {
    program: ["scripts/start.mjs", "--worker"],
    answers: false,
    beside: ["start:api"],
  },
};

/** A process that keeps its port and its data directory when it is started again. */
export class Member {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), "postern-fault-"));
  #running: Postern | null = null;

  private constructor(
    readonly kind: Kind,
    readonly port: number,
    readonly env: Record<string, string>,
  ) {}

  /** A process of this kind with these settings, not started yet; without a `DATABASE_URL` on the embedded database. */
  static async of(name: KindName, env: Record<string, string>): Promise<Member> {
    return new Member(KINDS[name], await freePort(), env);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#process().process.pid ?? 0;
  }

  /** Starts it, or starts it again. Resolves when it answers. */
  async start(): Promise<void> {
    this.#running = await startPostern({
      dataDir: this.dataDir,
      program: [...this.kind.program],
      env: {
        AUTH_SECRET: "staged faults ".repeat(4),
        APP_URL: this.origin,
        PORT: `${this.port}`,
        HOST: "127.0.0.1",
        LOG_LEVEL: "warn",
        ...this.env,
      },
    });
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.#process().kill();
    this.#running = null;
  }

  /** SIGTERM, and the exit code. */
  async stop(): Promise<number | null> {
    const code = await this.#process().stop();
    this.#running = null;
    return code;
  }

  /** Everything it has printed since it was started last. */
  output(): string {
    return this.#process().output();
  }

  /** Ends it however it is, and removes its files. */
  async remove(): Promise<void> {
    if (this.#running) await this.kill();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }

  #process(): Postern {
    if (!this.#running) throw new Error("This process is not running.");
    return this.#running;
  }
}
