"use client";

import { unstable_rethrow, useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { type Failure, fail, type Result } from "@/lib/platform/result";

type KeyAction<T> = (input: unknown) => Promise<Result<T, string>>;

/**
 * Runs a server action: one at a time, with its failure kept until the next run. When the page turned out
 * to be outdated it is refreshed, so that the page behind the message is current.
 */
export function useKeyAction<T>(action: KeyAction<T>, onDone: (value: T) => void) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<Failure<string> | null>(null);

  function run(input: unknown) {
    if (pending) return;
    setFailure(null);
    startTransition(async () => {
      const result = await whenConfirmed(() => action(input)).catch(unreachable);
      if (result.ok) return onDone(result.value);
      setFailure(result);
      if (result.code !== "validation_error") router.refresh();
    });
  }

  return { run, pending, failure };
}

function unreachable(error: unknown): Failure<"unreachable"> {
  unstable_rethrow(error);
  return fail(
    "unreachable",
    "Postern did not answer. Check this page before you try again: it may have worked.",
  );
}
