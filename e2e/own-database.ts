import { test } from "@playwright/test";
import { Client } from "pg";

const SERVER = process.env.TEST_DATABASE_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres";

export type OwnDatabase = { url: string; drop: () => Promise<void> };

/**
 * `newDatabase` for a story of processes that meet on one: the embedded database is in the one process that may open it,
 * so without a server there is nothing to see. Then the story is left out, and `npm test` says so with the reason.
 */
export async function databaseOrSkip(): Promise<OwnDatabase> {
  const database = await newDatabase();
  test.skip(database === null, "There is no PostgreSQL server on this machine.");
  if (!database) throw new Error("The story was not left out.");
  return database;
}

/** A new, empty database on the machine's PostgreSQL server, and how it is dropped; null where no server answers. */
export async function newDatabase(): Promise<OwnDatabase | null> {
  const name = `postern_story_${process.pid}_${Date.now()}`;
  try {
    await onServer(`CREATE DATABASE ${name}`);
  } catch {
    return null;
  }
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => await onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
