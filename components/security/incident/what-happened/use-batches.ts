import { useRouter } from "next/navigation";
import { useState } from "react";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { fail, type Result } from "@/lib/platform/result";

/** The count of one batch, and the place where the next one goes on; null after the last. */
export type Batch<Place> = { count: number; next: Place | null };

/**
 * Runs work that a server does in batches, since there may be much of it. It tells how much is done so far, and why the
 * work stopped. Each batch stands by itself, so one that fails leaves the others done.
 */
export function useBatches<Place>(
  work: (after: Place | null) => Promise<Result<Batch<Place>, string>>,
  onDone: (count: number) => void,
) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [count, setCount] = useState(0);
  const [problem, setProblem] = useState<string>();

  async function run(): Promise<void> {
    setPending(true);
    setProblem(undefined);
    let total = 0;
    let after: Place | null = null;
    do {
      const place: Place | null = after;
      const answer = await whenConfirmed(() => work(place)).catch(() =>
        fail("no_answer", NO_ANSWER),
      );
      if (!answer.ok) {
        setProblem(answer.message);
        break;
      }
      total += answer.value.count;
      setCount(total);
      after = answer.value.next;
      if (after === null) onDone(total);
    } while (after !== null);
    setPending(false);
    router.refresh();
  }

  return { pending, count, problem, run };
}
