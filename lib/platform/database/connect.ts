import { Client } from "pg";
import { env } from "@/lib/platform/env";

/**
 * The time that a connection may take at the start. The process loads the pages meanwhile, which on a busy machine
 * keeps it for many seconds from noticing that it is connected.
 */
export const CONNECT_MS = 60_000;

/** Thrown where DATABASE_URL leads to no connection. The message is one line for the operator, without the password. */
export class DatabaseUnreachableError extends Error {}

/**
 * A connection of its own to the database at `url`, for the caller to end. Throws `DatabaseUnreachableError` where none
 * can be had within `connectMs` to the database that DATABASE_URL names; what keeps the embedded one away is a bug.
 */
export async function connectTo(url: string, connectMs: number = CONNECT_MS): Promise<Client> {
  const client = clientFor(url, connectMs);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw unreachable(`No connection to PostgreSQL at ${client.host}:${client.port}`, error);
  }
}

/** The error of a URL that cannot be read has the whole of it, the password included. */
function clientFor(url: string, connectMs: number): Client {
  try {
    return new Client({ connectionString: url, connectionTimeoutMillis: connectMs });
  } catch {
    throw new DatabaseUnreachableError(
      "DATABASE_URL cannot be read as a URL: write signs such as # / @ and % in its password as %23 %2F %40 and %25.",
    );
  }
}

function unreachable(attempt: string, error: unknown): unknown {
  if (!env().DATABASE_URL || !(error instanceof Error)) return error;
  // A name with several addresses fails with an error for each, and no message of its own.
  const reason = error.message || ("code" in error ? String(error.code) : error.name);
  return new DatabaseUnreachableError(`${attempt}, which DATABASE_URL names: ${reason}.`, {
    cause: error,
  });
}
