import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { migrate } from "@/lib/platform/database/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrls: string[];
    embedded: boolean;
  }
}

/** As many databases as `vitest.config.ts` allows workers, so that no two tests share one at a time. */
const WORKERS = 2;

/**
 * Gives every worker a migrated database: embedded ones, or databases of their own on the server that
 * `TEST_DATABASE_URL` names. The second run of the suite sets it.
 */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL;
  const started = await Promise.all(
    Array.from({ length: WORKERS }, (_, at) => (server ? onServer(server, at) : embedded())),
  );
  project.provide(
    "databaseUrls",
    started.map(({ url }) => url),
  );
  project.provide("embedded", !server);
  return async () => {
    for (const { close } of started) await close();
  };
}

async function embedded() {
  const database = await startEmbeddedDatabase("memory://");
  await migrate(database.url, true);
  return database;
}

async function onServer(server: string, at: number) {
  const name = `postern_test_${process.pid}_${at}`;
  const url = new URL(server);
  await onConnection(server, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  await migrate(url.href, false);
  return {
    url: url.href,
    close: () => onConnection(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onConnection(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
