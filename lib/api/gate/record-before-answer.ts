import { type RequestRecord, recordRequests } from "@/lib/access/activity/recording/record";

/** An answer that is ready to be sent, and what must be on record before it is. */
type ReadyAnswer = {
  record: RequestRecord | null;
  release: () => void;
  fail: (error: unknown) => void;
};

let ready: ReadyAnswer[] = [];

/**
 * Puts a call on record (null: there is nothing to record) and resolves once its answer may be sent. The
 * answers that get ready in the same turn of the event loop share one write to the spool. Rejects when the
 * record cannot be written: the answer must not be sent as if there were one.
 */
export function recordBeforeAnswer(record: RequestRecord | null): Promise<void> {
  return new Promise((release, fail) => {
    if (ready.length === 0) setImmediate(recordAll);
    ready.push({ record, release, fail });
  });
}

function recordAll(): void {
  const answers = ready;
  ready = [];
  const records = answers.flatMap(({ record }) => record ?? []);
  try {
    if (records.length > 0) recordRequests(records);
  } catch (error) {
    for (const { fail } of answers) fail(error);
    return;
  }
  for (const { release } of answers) release();
}
