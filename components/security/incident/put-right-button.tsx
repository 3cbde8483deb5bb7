"use client";

import { Button } from "@/components/ui/button";
import { useSubmission } from "@/components/ui/use-submission";
import { markPutRightAction } from "@/lib/access/incidents/actions";

/** Records that nothing the key did is left to put right. */
export function PutRightButton({ incidentId }: { incidentId: string }) {
  const { pending, problem, submit } = useSubmission();
  return (
    <>
      <Button
        pending={pending}
        onClick={() => void submit(() => markPutRightAction({ incidentId }))}
      >
        Nothing is left to put right
      </Button>
      <span role="alert" className="text-danger text-xs empty:hidden">
        {problem}
      </span>
    </>
  );
}
