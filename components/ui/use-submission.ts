import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { fail, type Result } from "@/lib/platform/result";

const NO_ANSWER = "Postern did not answer, so it is unclear whether this was done. Reload to see.";

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
    const result = await work().catch(() => fail("no_answer", NO_ANSWER));
    setPending(false);
    done.current = result.ok;
    if (result.ok) return result.value;
    // A dialog has few fields: what is wrong with the first of them says more than that something is.
    setProblem(Object.values(result.fieldErrors ?? {})[0]?.[0] ?? result.message);
  }

  /** Fetches the page anew after a refusal: what it shows is then no longer so. */
  function refreshIfRefused() {
    if (problem) router.refresh();
  }

  return { pending, problem, done, submit, refreshIfRefused };
}
