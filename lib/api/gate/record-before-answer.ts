import { type RequestRecord, recordRequests } from "@/lib/access/activity/record";

/** An answer that is ready to leave, and what is to be on record before it does. */
type Departure = {
  record: RequestRecord | null;
  leave: () => void;
  stay: (error: unknown) => void;
};

let waiting: Departure[] = [];

/**
 * Resolves once the record is in the spool, when the answer may leave. Everybody who was answered in the
 * same turn of the event loop leaves together, with one write. Rejects when there can be no record: then
 * the answer must not leave as if there were one.
 */
export function depart(record: RequestRecord | null): Promise<void> {
  return new Promise((leave, stay) => {
    if (waiting.length === 0) setImmediate(departAll);
    waiting.push({ record, leave, stay });
  });
}

function departAll(): void {
  const leaving = waiting;
  waiting = [];
  const records = leaving.flatMap(({ record }) => record ?? []);
  try {
    if (records.length > 0) recordRequests(records);
  } catch (error) {
    for (const { stay } of leaving) stay(error);
    return;
  }
  for (const { leave } of leaving) leave();
}
