import { type RequestRecord, recordRequests } from "@/lib/activity/record";

/** An answer that is ready to leave, and what is to be on record before it does. */
type Departure = { record: RequestRecord | null; leave: () => void };

let waiting: Departure[] = [];

/**
 * Resolves once the record is in the spool, when the answer may leave. Everybody who was answered in the
 * same turn of the event loop leaves together.
 */
export function depart(record: RequestRecord | null): Promise<void> {
  return new Promise((leave) => {
    if (waiting.length === 0) setImmediate(departAll);
    waiting.push({ record, leave });
  });
}

function departAll(): void {
  const leaving = waiting;
  waiting = [];
  const records = leaving.flatMap(({ record }) => record ?? []);
  if (records.length > 0) recordRequests(records);
  for (const { leave } of leaving) leave();
}
