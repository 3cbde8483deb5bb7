import { pool } from "@/lib/platform/database/pool";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The contacts that are added before statistics are gathered: first this many, then twice as many each time. */
const FIRST_AFTER = 2_000;
/** The most contacts that are added before statistics are gathered again. */
const AT_MOST_AFTER = 64_000;

const growth = () => processWide("contact-growth", () => ({ added: 0, analyzeAfter: FIRST_AFTER }));

/**
 * Counts added contacts and has Postgres gather statistics when the tables have grown much. Postgres does so by
 * itself, but only within a minute. Until then it takes a table that was just filled for a small one, and pages
 * of it took thirty times as long. No caller waits for it, and a failure is only logged.
 */
export function noteAddedContacts(count: number): void {
  const state = growth();
  state.added += count;
  if (state.added < state.analyzeAfter) return;
  state.added = 0;
  state.analyzeAfter = Math.min(state.analyzeAfter * 2, AT_MOST_AFTER);
  // The pool, since the caller may be in a transaction, which must not hold the tables for this.
  pool()
    .query("ANALYZE contact, audience_member")
    .catch((error: unknown) => log.warn({ err: error }, "statistics were not gathered"));
}
