"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { hideFirstStepsAction } from "@/lib/access/first-steps/actions";

/** Puts the checklist away for good. */
export function HideFirstSteps() {
  const { pending, submit } = useSubmission();

  async function hide() {
    const hidden = await submit(() => hideFirstStepsAction({ hidden: true }));
    if (hidden === undefined) toast("Postern did not answer, so the checklist is still here.");
  }

  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Hide the checklist"
      pending={pending}
      onClick={() => void hide()}
    >
      <X aria-hidden />
    </Button>
  );
}
