import {
  type RequestRecord,
  recordRequests,
  recordsOnDisk,
} from "@/lib/access/activity/recording/record";
import { SpoolFullError } from "@/lib/access/activity/recording/spool-segment";

/** An answer that is ready to be sent, and what must be on record before it is. */
type ReadyAnswer = {
  record: RequestRecord | null;
  release: (isOnRecord: boolean) => void;
  fail: (error: unknown) => void;
};

let ready: ReadyAnswer[] = [];

/**
 * Puts a call on record (null: there is nothing to record) and resolves once its answer may be sent: to true, or to
 * false where the disk does not take the record, and the answer must be 503. The answers that get ready in the same turn
 * of the event loop share one write to the spool, and one sync where they wait for that. Rejects on any other failure:
 * the answer must not be sent as if there were a record.
 */
export function recordBeforeAnswer(record: RequestRecord | null): Promise<boolean> {
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
    refuseAll(answers, error);
    return;
  }
  const onDisk = records.length > 0 ? recordsOnDisk() : null;
  if (onDisk === null) releaseAll(answers, true);
  else void releaseAfter(onDisk, answers);
}

function refuseAll(answers: readonly ReadyAnswer[], error: unknown): void {
  if (error instanceof SpoolFullError) releaseAll(answers, false);
  else for (const { fail } of answers) fail(error);
}

async function releaseAfter(onDisk: Promise<void>, answers: readonly ReadyAnswer[]): Promise<void> {
  try {
    await onDisk;
    releaseAll(answers, true);
  } catch {
    // The spool has logged it.
    releaseAll(answers, false);
  }
}

/** An answer without a record, such as to a call that no key was recognised in, waits for no disk. */
function releaseAll(answers: readonly ReadyAnswer[], isOnRecord: boolean): void {
  for (const { record, release } of answers) release(isOnRecord || record === null);
}
