"use client";

import { toast } from "@/components/ui/toast";
import type { Caller } from "@/lib/access/activity/reading/usage";
import { endRotationAction } from "@/lib/access/api-keys/actions";
import type { SecretRow } from "@/lib/access/api-keys/key/shown-key";
import { countOf } from "@/lib/platform/format/number";
import { KeyDialog } from "./key-dialog";
import { CallerList, plainTime, sumOf } from "./key-stakes";
import { useKeyAction } from "./use-key-action";

type EndRotationDialogProps = {
  keyId: string;
  retiring: SecretRow;
  callers: readonly Caller[];
  /** Within which they called. */
  span: string;
  onClose: () => void;
};

/** Asks before an old secret ends, with who still uses it. */
export function EndRotationDialog(props: EndRotationDialogProps) {
  const { keyId, retiring, callers, span, onClose } = props;
  const end = useKeyAction(endRotationAction, () => {
    toast("The old secret has ended");
    onClose();
  });
  return (
    <KeyDialog
      title="End the old secret"
      description={
        <>
          <span className="font-mono text-sm">{retiring.hint}</span> is refused from the next call
          on. The new secret keeps working.
        </>
      }
      problem={end.failure?.message}
      action={{
        label: "End old secret",
        variant: "danger",
        pending: end.pending,
        run: () => end.run({ keyId, secretId: retiring.id }),
      }}
      onClose={onClose}
    >
      {callers.length === 0 ? (
        <p className="rounded-md border border-line bg-bg-subtle px-3.5 py-2.5">
          Nothing used it {span}.
        </p>
      ) : (
        <div className="rounded-md border border-warn-line bg-warn-soft px-3.5 py-2.5">
          <p>
            <strong className="font-semibold">{countOf(sumOf(callers), "call")}</strong> {span}{" "}
            would have been refused, from:
          </p>
          <CallerList callers={callers} time={plainTime} />
        </div>
      )}
    </KeyDialog>
  );
}
