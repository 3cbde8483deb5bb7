// Databases that a bench makes for itself on the PostgreSQL server that DATABASE_URL names.
import { Client } from "pg";

const SERVER = process.env.DATABASE_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres";

/** Runs `work` with the URL of a new, empty database, and drops it afterwards. */
export async function withDatabase(name, work) {
  const database = nameOf(name);
  await onServer(`CREATE DATABASE ${database}`);
  try {
    await work(urlOf(database));
  } finally {
    await dropDatabase(database);
  }
}

/** A name that no other run on this server has. */
export function nameOf(name) {
  return `postern_bench_${name}_${process.pid}`;
}

/** Copies a database that nobody is connected to. */
export async function copyDatabase(from, to) {
  await onServer(`CREATE DATABASE ${to} TEMPLATE ${from}`);
}

export async function dropDatabase(database) {
  await onServer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
}

export function urlOf(database) {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  return url.href;
}

/** A connection to the database at `url`. Where it is lost, the statement under way says so. */
export async function connectTo(url) {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function onServer(statement) {
  const client = await connectTo(SERVER);
  await client.query(statement);
  await client.end();
}
