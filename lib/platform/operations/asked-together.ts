/** Thrown where an answer did not come in time. */
class NoAnswerInTimeError extends Error {}

/** The time an answer is kept, and the time it is waited for, in milliseconds. */
export type Sharing = { keepMs: number; patienceMs: number };

/**
 * A question that all who ask within `keepMs` of its answer share, so that a flood of them costs one. It rejects after
 * `patienceMs`, also where the answer never comes, and no second one is asked while the first is open.
 */
export function askedTogether<T>(
  ask: () => Promise<T>,
  { keepMs, patienceMs }: Sharing,
): () => Promise<T> {
  let open: Promise<T> | null = null;
  let shared: Promise<T> | null = null;
  return () => {
    if (shared !== null) return shared;
    open ??= ask().finally(() => {
      open = null;
    });
    shared = inTime(open, patienceMs);
    const forget = () => void setTimeout(() => (shared = null), keepMs).unref();
    shared.then(forget, forget);
    return shared;
  };
}

/** Answers as `work` does, and rejects where it takes longer than `patienceMs`. The work goes on. */
async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new NoAnswerInTimeError(`There was no answer within ${patienceMs} ms.`);
    timer = setTimeout(() => reject(error), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
