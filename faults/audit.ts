import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { uuidOfRequestId } from "@/lib/platform/ids";
import type { TestMailServer } from "@/lib/testing/mail-server";
import type { Load } from "./load";

/** Time in which rows of the spool reach the database. */
const STORING_MS = 30_000;

/** The part of what a load was told that a look at the database found. */
export type Found = {
  /** Contacts and emails that were acknowledged, and are not there. */
  lostWrites: number;
  /** Calls that were answered, and have no row of activity. */
  lostRows: number;
  /** Emails queued twice for one call, and calls that the hourly counts have more often than the rows. */
  doubled: number;
};

/**
 * Compares what a load was told with what the database at `url` has, once the spools are empty. Where a process died that
 * could record nothing, only calls with 2xx have to be on record (`isOnlyGood`).
 */
export async function compareWithDatabase(
  url: string,
  load: Load,
  isOnlyGood = false,
): Promise<Found> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await compare(client, load, isOnlyGood);
  } finally {
    await client.end();
  }
}

async function compare(client: Client, load: Load, isOnlyGood: boolean): Promise<Found> {
  const one = async (text: string, values: unknown[] = []) =>
    Number((await client.query(text, values)).rows[0]?.n ?? 0);
  const missing = (table: string, ids: string[], type: string) =>
    one(
      `SELECT count(*) AS n FROM unnest($1::${type}[]) AS told (id)
       WHERE NOT EXISTS (SELECT FROM ${table} WHERE ${table}.id = told.id)`,
      [ids],
    );
  const requests = (isOnlyGood ? load.goodRequestIds : load.requestIds).flatMap(
    (id) => uuidOfRequestId(id) ?? [],
  );
  const lostRows = () => missing("activity", requests, "uuid");
  const deadline = performance.now() + STORING_MS;
  while ((await lostRows()) > 0 && performance.now() < deadline) await pause(100);
  // One statement, since rows may still be on their way.
  const doubled = await one(
    `SELECT (SELECT coalesce(sum(calls), 0) FROM activity_hour)
          - (SELECT count(*) + coalesce(sum(repeats), 0) FROM activity) AS n`,
  );
  const queuedTwice = await one(
    "SELECT count(*) - count(DISTINCT subject) AS n FROM email WHERE subject LIKE 'Order %'",
  );
  return {
    lostWrites:
      (await missing("contact", [...load.acknowledged.contacts], "text")) +
      (await missing("email", [...load.acknowledged.emails], "text")),
    lostRows: await lostRows(),
    doubled: Math.abs(doubled) + queuedTwice,
  };
}

/** The fate of accepted emails, by the Message-IDs that a mail server received. */
export type Delivered = {
  lost: number;
  doubled: number;
  unmarked: number;
  /** Some of the lost ones as they stand in the database. */
  traces: string[];
};

/**
 * Waits until the mail server has each accepted email, for at most `patienceMs`, and counts those it has not, and those
 * it has more often than once: the time line of such a one must say that it may have been sent twice.
 */
export async function compareWithMail(
  url: string,
  load: Load,
  server: TestMailServer,
  patienceMs: number,
): Promise<Delivered> {
  const accepted = [...load.acknowledged.emails];
  const deadline = performance.now() + patienceMs;
  const lost = () => {
    const received = timesReceived(server);
    return accepted.filter((id) => !received.has(id));
  };
  while (lost().length > 0 && performance.now() < deadline) await pause(500);
  const twice = [...timesReceived(server)].filter(([, times]) => times > 1);
  const marked = await idsMarkedAsDoubled(url);
  return {
    lost: lost().length,
    doubled: twice.reduce((sum, [, times]) => sum + times - 1, 0),
    unmarked: twice.filter(([id]) => !marked.has(id)).length,
    traces: await tracesOf(url, lost().slice(0, 3)),
  };
}

/** The ids of emails in the Message-IDs that arrived, with how often each did. */
function timesReceived({ arrivals }: TestMailServer): Map<string, number> {
  const times = new Map<string, number>();
  for (const { mail } of arrivals) {
    const id = /^<(eml_[^@]+)@/.exec(mail.messageId ?? "")?.[1];
    if (id) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

async function tracesOf(url: string, ids: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT email.status, attempts, created_at, handing_over_since, now(),
       (SELECT array_agg(jobs.run_at) FROM graphile_worker._private_jobs AS jobs
        WHERE jobs.payload->>'emailId' = email.id) AS jobs
     FROM email WHERE id = ANY($1)`,
    [ids],
  );
  await client.end();
  return rows.map((row) => JSON.stringify(row));
}

async function idsMarkedAsDoubled(url: string): Promise<Set<string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT DISTINCT email_id FROM email_event WHERE detail @> '{\"possibleDuplicate\": true}'",
  );
  await client.end();
  return new Set(rows.map(({ email_id }) => email_id));
}
