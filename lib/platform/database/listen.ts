import { Client } from "pg";
import { databaseUrl, isEmbeddedDatabase } from "@/lib/platform/database/pool";
import { ANSWER_WITHIN_MS, type Hearing, keepHearing, type OpenLine } from "@/lib/platform/hearing";

/** The name by which an operator finds this connection in `pg_stat_activity`. */
export const LISTENER_NAME = "postern-listener";

/**
 * Keeps one connection on which the database tells this process of what others did, and hands it to the hearings, as
 * `keepHearing` says. The embedded database has one process and no need of this, so there nothing is opened.
 */
export async function startListening(hearings: readonly Hearing[]): Promise<{ stop: () => void }> {
  if (isEmbeddedDatabase()) return { stop: () => {} };
  return await keepHearing("the database", openLine, hearings);
}

const openLine: OpenLine = async (channels, { heard, lost }) => {
  const client = new Client({
    connectionString: databaseUrl(),
    application_name: LISTENER_NAME,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
  });
  const close = () => {
    client.end().catch(() => {
      // It is lost already.
    });
  };
  client.on("error", lost);
  client.on("end", () => lost(new Error("The connection ended.")));
  client.on("notification", ({ channel, payload = "" }) => heard(channel, payload));
  try {
    await client.connect();
    await client.query(
      channels.map((channel) => `LISTEN ${client.escapeIdentifier(channel)}`).join("; "),
    );
  } catch (error) {
    close();
    throw error;
  }
  return { ask: () => client.query("SELECT 1"), close };
};
