import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { fail, type Result } from "@/lib/platform/result";
import { NO_ANSWER } from "./no-answer";
import { whenConfirmed } from "./when-confirmed";

/**
 * One thing that a dialog asks the server to do: whether it is under way, what the server said when it
 * refused, and whether it is done. A dialog calls `refreshIfRefused` as it closes.
 */
export function useSubmission() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const done = useRef(false);

  async function submit<T>(work: () => Promise<Result<T, string>>): Promise<T | undefined> {
    setPending(true);
    setProblem(undefined);
    const result = await whenConfirmed(work).catch(() => fail("no_answer", NO_ANSWER));
    setPending(false);
    done.current = result.ok;
    if (result.ok) return result.value;
    // A dialog has few fields, so the error of the first says more than the general message.
    setProblem(Object.values(result.fieldErrors ?? {})[0]?.[0] ?? result.message);
  }

  /** Fetches the page anew after a refusal: what it shows is then no longer so. */
  function refreshIfRefused() {
    if (problem) router.refresh();
  }

  return { pending, problem, done, submit, refreshIfRefused };
}
