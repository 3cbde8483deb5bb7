import { SECOND_MS } from "@/lib/platform/clock";
import { processWide } from "@/lib/platform/process-wide";

/** How long after a failed connection a failure of something else is taken to come from it. */
const AFTERMATH_MS = 5 * SECOND_MS;

/** Thrown where the database is known not to answer. */
export class DatabaseAwayError extends Error {}

/** Remembers that a connection could not be made, or was lost. */
export function noteDatabaseAway(): void {
  trouble().lastMs = performance.now();
}

/** Whether a connection failed within the last five seconds. */
export function wasDatabaseAway(): boolean {
  return performance.now() - trouble().lastMs < AFTERMATH_MS;
}

function trouble(): { lastMs: number } {
  return processWide("database-trouble", () => ({ lastMs: Number.NEGATIVE_INFINITY }));
}

/** The codes of Prisma, Node and Postgres that mean: the database did not answer, or not in time. */
const CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "53300",
  "55P03",
  "57014",
  "57P01",
  "57P02",
  "57P03",
]);

/** The messages of `pg` that carry no code and mean the same. */
const MESSAGES =
  /timeout exceeded when trying to connect|connection terminated|query read timeout|connection ended unexpectedly|database (?:is not reachable|server)|not queryable|after calling end on the pool/i;
const MAX_CAUSES = 5;

/** Whether an error, or a cause of it, means that the database is away, as opposed to a mistake of ours. */
export function isDatabaseAway(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth += 1) {
    if (current instanceof DatabaseAwayError || saysDatabaseAway(current)) return true;
    current = current.cause;
  }
  return false;
}

function saysDatabaseAway(error: Error): boolean {
  const isKnown = (code: string) => CODES.has(code) || code.startsWith("08");
  return codesOf(error).some(isKnown) || MESSAGES.test(error.message);
}

/** Prisma gives a raw query that failed a code of its own, and keeps that of Postgres in the error's facts. */
function codesOf(error: Error & { code?: unknown; meta?: unknown }): string[] {
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: unknown } };
  };
  return [error.code, driverAdapterError?.cause?.originalCode].map((code) => `${code ?? ""}`);
}
