import { pool } from "@/lib/platform/database/pool";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The rows that are added before statistics are gathered: first this many, then twice as many each time. */
const FIRST_AFTER = 500;
/** The most rows that are added before statistics are gathered again. */
const AT_MOST_AFTER = 64_000;

/** The statement that gathers the statistics of the tables that grow together, by what fills them. */
const GATHERING = {
  contacts: "ANALYZE contact, audience_member",
  "contact events": "ANALYZE contact_event, contact_event_count",
  emails: "ANALYZE email, email_content, email_event",
} as const;

type Growth = { added: number; analyzeAfter: number };

/**
 * Counts added rows and has Postgres gather statistics when their tables have grown much. Postgres does so by itself,
 * but only within a minute, and the embedded one never does. Until then it takes a table that was just filled for an
 * empty one and reads all of it: pages of contacts took thirty times as long, and storing 30,000 emails of a campaign
 * took five times as long. No caller waits for it, and a failure is only logged.
 */
export function noteGrowth(filled: keyof typeof GATHERING, count: number): void {
  const growth = processWide(`growth of ${filled}`, newGrowth);
  growth.added += count;
  if (growth.added < growth.analyzeAfter) return;
  growth.added = 0;
  growth.analyzeAfter = Math.min(growth.analyzeAfter * 2, AT_MOST_AFTER);
  // The pool, since the caller may be in a transaction, which must not hold the tables for this.
  pool()
    .query(GATHERING[filled])
    .catch((error: unknown) => log.warn({ err: error }, "statistics were not gathered"));
}

function newGrowth(): Growth {
  return { added: 0, analyzeAfter: FIRST_AFTER };
}
