"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Caller } from "@/lib/access/activity/reading/usage";
import type { SecretRow } from "@/lib/access/api-keys/key/shown-key";
import { EndRotationDialog } from "../dialogs/end-rotation-dialog";
import { ExtendRotationDialog } from "../dialogs/extend-rotation-dialog";

type RetirementActionsProps = {
  keyId: string;
  retiring: SecretRow & { retiresAt: Date };
  /**
   * The callers that used the old secret within `span`, which reads "in the last hour" or "since the
   * rotation".
   */
  callers: readonly Caller[];
  span: string;
};

/** Ends an old secret before its time, or gives it more. */
export function RetirementActions({ keyId, retiring, callers, span }: RetirementActionsProps) {
  const router = useRouter();
  const [open, setOpen] = useState<"end" | "extend" | null>(null);
  const onClose = () => setOpen(null);

  // The page's figures are from before it was looked at, and ending the secret refuses whoever called since.
  function askToEnd() {
    setOpen("end");
    router.refresh();
  }

  return (
    <>
      <Button variant="danger" onClick={askToEnd}>
        End now
      </Button>
      <Button onClick={() => setOpen("extend")}>Extend</Button>
      {open === "end" && (
        <EndRotationDialog
          keyId={keyId}
          retiring={retiring}
          callers={callers}
          span={span}
          onClose={onClose}
        />
      )}
      {open === "extend" && (
        <ExtendRotationDialog keyId={keyId} retiring={retiring} onClose={onClose} />
      )}
    </>
  );
}
