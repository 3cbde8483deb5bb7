"use client";

import { useState } from "react";
import { KeyDialog } from "@/components/api-keys/dialogs/key-dialog";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { toast } from "@/components/ui/toast";
import { budgetInWords } from "@/lib/access/api-keys/key/budgets";
import { liftBudgetAction } from "@/lib/access/budgets/actions";
import type { Excess } from "@/lib/access/findings/kind/facts";
import { now } from "@/lib/platform/clock";
import { listed } from "@/lib/platform/format/list";
import type { RemediedKey } from "./remedy-button";

type LiftBudgetDialogProps = {
  apiKey: RemediedKey;
  excesses: readonly Excess[];
  onClose: () => void;
};

/** Asks before a key that went over a budget may go on. */
export function LiftBudgetDialog({ apiKey, excesses, onClose }: LiftBudgetDialogProps) {
  const [at] = useState(now);
  const lift = useKeyAction(liftBudgetAction, () => {
    toast("The key goes on");
    onClose();
  });
  const paused = excesses.filter(({ until }) => until > at);
  const may = paused.map(({ budget, limit }) => budgetInWords(budget, limit));
  return (
    <KeyDialog
      title="Let the key go on"
      description={<bdi>{apiKey.name}</bdi>}
      problem={lift.failure?.message}
      action={{
        label: "Lift",
        variant: "primary",
        pending: lift.pending,
        run: () => lift.run({ keyId: apiKey.id }),
      }}
      onClose={onClose}
    >
      <p>
        It may {listed(may, "and")}. That is counted from nothing again, at once. If you don’t know
        why it went over, look at its calls first: somebody else may have the key.
      </p>
    </KeyDialog>
  );
}
