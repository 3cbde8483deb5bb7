"use client";

import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { undoNarrowingAction } from "@/lib/access/findings/actions";

type UndoNarrowingProps = { keyId: string; findingId: string };

/** Gives a key the permissions back that a remedy took away. */
export function UndoNarrowing({ keyId, findingId }: UndoNarrowingProps) {
  const { pending, problem, submit } = useSubmission();

  async function undo() {
    const undone = await submit(() => undoNarrowingAction({ keyId, findingId }));
    if (undone !== undefined) toast("Permissions given back");
  }

  return (
    <>
      <button
        type="button"
        disabled={pending}
        className="underline underline-offset-3"
        onClick={() => void undo()}
      >
        Undo
      </button>
      <span role="alert" className="text-danger empty:hidden">
        {problem}
      </span>
    </>
  );
}
