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

type Databases = { urls: string[]; close: () => Promise<void> };

/**
 * Gives every worker a migrated database of its own: embedded ones, or ones on the server that
 * `TEST_DATABASE_URL` names. The second run of the suite sets it.
 */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL;
  const workers = Number(project.vitest.config.maxWorkers);
  const { urls, close } = await (server ? onServer(server, workers) : embedded(workers));
  project.provide("databaseUrls", urls);
  project.provide("embedded", !server);
  return close;
}

async function embedded(workers: number): Promise<Databases> {
  const started = await Promise.all(
    Array.from({ length: workers }, async () => {
      const database = await startEmbeddedDatabase("memory://");
      await migrate(database.url, true);
      return database;
    }),
  );
  return {
    urls: started.map(({ url }) => url),
    close: async () => {
      for (const { close } of started) await close();
    },
  };
}

/** The first is migrated, the others are copies of it. */
async function onServer(server: string, workers: number): Promise<Databases> {
  const names = Array.from({ length: workers }, (_, at) => `postern_test_${process.pid}_${at}`);
  const [first = "", ...copies] = names;
  await onConnection(server, [`CREATE DATABASE ${first}`]);
  await migrate(urlOf(server, first), false);
  await onConnection(
    server,
    copies.map((name) => `CREATE DATABASE ${name} TEMPLATE ${first}`),
  );
  return {
    urls: names.map((name) => urlOf(server, name)),
    close: () =>
      onConnection(
        server,
        names.map((name) => `DROP DATABASE ${name} WITH (FORCE)`),
      ),
  };
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function onConnection(url: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
