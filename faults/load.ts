import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const CALLERS = 12;
/** Pause after a call that failed, so that a process that is away is not asked a thousand times a second. */
const BREATH_MS = 25;
/** A caller does not wait longer than this for an answer. */
const PATIENCE_MS = 60_000;

export type LoadOptions = {
  secret: string;
  /** The addresses of the processes that answer now. Calls go to one after another. */
  origins: () => readonly string[];
  /** Lets a quarter of the calls send an email. */
  sendsEmails?: boolean;
  /** Tries a call again for so long where it got no answer, or 503. */
  retryMs?: number;
};

type Call = { method: string; path: string; body?: object; kind: "contact" | "email" | "read" };
type Reply = { status: number; headers: IncomingMessage["headers"]; body: string };

/**
 * Calls the API from several connections at once, until it is stopped, and keeps the id of everything that was
 * acknowledged. A name of its own makes what two loads write differ.
 */
export class Load {
  /** The ids of contacts and emails in answers with 2xx. */
  readonly acknowledged = { contacts: new Set<string>(), emails: new Set<string>() };
  /** The request ids of all answers, whatever their status. */
  readonly requestIds: string[] = [];
  /** Those of answers with 2xx. */
  readonly goodRequestIds: string[] = [];
  /** Answers that a caller must not get while something else fails: neither 2xx nor a 503 that says when to come back. */
  readonly wrong: string[] = [];
  calls = 0;
  good = 0;
  refused = 0;
  unanswered = 0;
  /** Those of them whose connection broke, as opposed to those that found nobody to connect to. */
  torn = 0;
  /** Calls that got nothing good, although they were tried again and again. */
  failed = 0;
  tries = 0;
  slowestMs = 0;
  outageMs = 0;
  #lastGoodMs = performance.now();
  #isOver = false;
  readonly #name = randomUUID().slice(0, 8);
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  readonly #callers: Promise<void>[];

  constructor(readonly options: LoadOptions) {
    this.#callers = Array.from({ length: CALLERS }, () => this.#keepCalling());
  }

  /** Waits until so many more calls were answered with 2xx. */
  async untilGood(more: number, patienceMs = 60_000): Promise<void> {
    const goal = this.good + more;
    const deadline = performance.now() + patienceMs;
    while (this.good < goal) {
      if (performance.now() > deadline)
        throw new Error(`No ${more} good answers: ${this.summary()}`);
      await pause(20);
    }
  }

  /** Ends the load once every call has its end. The time since the last good answer counts as an outage. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.outageMs = Math.max(this.outageMs, performance.now() - this.#lastGoodMs);
    await Promise.all(this.#callers);
    this.#agent.destroy();
  }

  /** Forgets how long answers and outages took so far. */
  forgetTimes(): void {
    this.slowestMs = 0;
    this.outageMs = 0;
    this.#lastGoodMs = performance.now();
  }

  summary(): string {
    return `${this.calls} calls, ${this.good} good, ${this.refused} refused, ${this.unanswered} unanswered, ${this.wrong[0] ?? "none wrong"}`;
  }

  async #keepCalling(): Promise<void> {
    while (!this.#isOver) {
      this.calls += 1;
      const n = this.calls;
      const isGood = await this.#insist(this.#nextCall(n), `${this.#name}-${n}`);
      if (!isGood) await pause(BREATH_MS);
    }
  }

  #nextCall(n: number): Call {
    const turn = n % 4;
    const email = `person-${this.#name}-${n}@example.com`;
    if (turn === 0) return { kind: "read", method: "GET", path: "/me" };
    if (turn === 1 && this.options.sendsEmails) {
      const body = {
        from: "shop@example.com",
        to: email,
        subject: `Order ${this.#name}-${n}`,
        text: "Thanks.",
      };
      return { kind: "email", method: "POST", path: "/emails", body };
    }
    const path = `/contacts/${encodeURIComponent(email)}`;
    return { kind: "contact", method: "PUT", path, body: { first_name: `Person ${n}` } };
  }

  async #insist(call: Call, key: string): Promise<boolean> {
    const { retryMs = 0 } = this.options;
    const deadline = performance.now() + retryMs;
    for (;;) {
      if (await this.#try(call, key)) return true;
      if (retryMs === 0) return false;
      if (performance.now() > deadline) break;
      await pause(BREATH_MS);
    }
    this.failed += 1;
    return false;
  }

  async #try(call: Call, key: string): Promise<boolean> {
    const origins = this.options.origins();
    const origin = origins[this.tries++ % origins.length];
    if (!origin) return false;
    const beganMs = performance.now();
    const reply = await this.#send(origin, call, key).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNREFUSED") this.torn += 1;
      return null;
    });
    this.slowestMs = Math.max(this.slowestMs, performance.now() - beganMs);
    if (!reply) {
      this.unanswered += 1;
      return false;
    }
    this.#note(call, reply);
    return reply.status < 300;
  }

  #send(origin: string, { method, path, body }: Call, key: string): Promise<Reply> {
    const { promise, resolve, reject } = withResolvers<Reply>();
    const text = body ? JSON.stringify(body) : "";
    const outgoing = request(
      `${origin}/api/v1${path}`,
      {
        method,
        agent: this.#agent,
        timeout: PATIENCE_MS,
        headers: {
          authorization: `Bearer ${this.options.secret}`,
          ...(body
            ? { "content-type": "application/json", "content-length": Buffer.byteLength(text) }
            : {}),
          ...(method === "POST" ? { "idempotency-key": key } : {}),
        },
      },
      (answer) => {
        let received = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => {
          received += chunk;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: received }),
        );
        // An answer that breaks off in its middle is none.
        answer.on("close", () => reject(new Error("cut off")));
      },
    );
    outgoing.on("error", reject);
    outgoing.on("timeout", () => outgoing.destroy(new Error("timed out")));
    outgoing.end(text);
    return promise;
  }

  #note({ kind, method, path }: Call, { status, headers, body }: Reply): void {
    const requestId = headers["x-request-id"];
    if (typeof requestId === "string") {
      this.requestIds.push(requestId);
      if (status < 300) this.goodRequestIds.push(requestId);
    }
    if (status >= 300) {
      this.refused += 1;
      const isFair = status === 503 && Number(headers["retry-after"]) > 0;
      if (!isFair) this.wrong.push(`${method} ${path}: ${status} ${body.slice(0, 200)}`);
      return;
    }
    const nowMs = performance.now();
    this.good += 1;
    this.outageMs = Math.max(this.outageMs, nowMs - this.#lastGoodMs);
    this.#lastGoodMs = nowMs;
    if (kind === "read") return;
    const { id } = JSON.parse(body);
    this.acknowledged[kind === "email" ? "emails" : "contacts"].add(id);
  }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((one, other) => {
    resolve = one;
    reject = other;
  });
  return { promise, resolve, reject };
}
