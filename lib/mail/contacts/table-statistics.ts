import { pool } from "@/lib/platform/database/pool";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** Statistics are gathered after the first number of contacts, then after twice as many, up to the second number. */
const FIRST_AFTER = 2_000;
const AT_MOST_AFTER = 64_000;

const growth = () => processWide("contact-growth", () => ({ added: 0, analyzeAfter: FIRST_AFTER }));

/**
 * Counts contacts that were added, and has Postgres look at the tables when they have grown much. It does so
 * itself, but only within a minute, and until then takes a table that was just filled for a small one: pages
 * of it took thirty times as long. Nobody waits for it, nor notices when it fails.
 */
export function noteAddedContacts(count: number): void {
  const state = growth();
  state.added += count;
  if (state.added < state.analyzeAfter) return;
  state.added = 0;
  state.analyzeAfter = Math.min(state.analyzeAfter * 2, AT_MOST_AFTER);
  // Not by `db`: what runs now may be a transaction, which is not to hold the tables for it.
  pool()
    .query("ANALYZE contact, audience_member")
    .catch((error: unknown) => log.warn({ err: error }, "statistics were not gathered"));
}
