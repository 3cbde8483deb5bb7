"use client";

import { useState } from "react";
import { fromLocalInput, toLocalInput } from "@/components/ui/local-instant";
import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { extendRotationAction } from "@/lib/access/api-keys/actions";
import type { SecretRow } from "@/lib/access/api-keys/key/shown-key";
import { DAY_MS, later } from "@/lib/platform/clock";
import { exactUtc } from "@/lib/platform/format/time";
import { KeyDialog } from "./key-dialog";
import { EndField } from "./rotate-key-dialog";
import { useKeyAction } from "./use-key-action";

type ExtendRotationDialogProps = {
  keyId: string;
  retiring: SecretRow & { retiresAt: Date };
  onClose: () => void;
};

/** Gives an old secret more time, as far as it may have it. */
export function ExtendRotationDialog({ keyId, retiring, onClose }: ExtendRotationDialogProps) {
  const { retiresAt } = retiring;
  const latest = retiring.extendableUntil ?? retiresAt;
  const choices = [
    { value: "day", label: "24 hours more", until: later(retiresAt, DAY_MS) },
    { value: "week", label: "7 days more", until: later(retiresAt, 7 * DAY_MS) },
  ].filter(({ until }) => until <= latest);
  const [choice, setChoice] = useState(choices[0]?.value ?? "custom");
  const [custom, setCustom] = useState(() => toLocalInput(latest));
  const extend = useKeyAction(extendRotationAction, () => {
    toast("The old secret has more time");
    onClose();
  });
  const error = extend.failure?.fieldErrors?.until?.[0];

  function submit() {
    const chosen = choices.find(({ value }) => value === choice);
    const until = chosen ? chosen.until.toISOString() : fromLocalInput(custom);
    extend.run({ keyId, secretId: retiring.id, until });
  }

  return (
    <KeyDialog
      title="Extend"
      description={
        <>
          The old secret <span className="font-mono text-sm">{retiring.hint}</span> ends{" "}
          {exactUtc(retiresAt)}.
        </>
      }
      problem={error && choice === "custom" ? undefined : extend.failure?.message}
      {...(latest > retiresAt && {
        action: {
          label: "Extend",
          variant: "primary" as const,
          pending: extend.pending,
          run: submit,
        },
      })}
      onClose={onClose}
    >
      {latest <= retiresAt ? (
        <p>
          It already has all the time it can get: a rotation never extends a secret beyond its own
          expiry.
        </p>
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <RadioGroup aria-label="How much more time" value={choice} onValueChange={setChoice}>
            {choices.map(({ value, label, until }) => (
              <RadioItem
                key={value}
                value={value}
                label={label}
                hint={`until ${exactUtc(until)}`}
              />
            ))}
            <RadioItem value="custom" label="Custom" />
          </RadioGroup>
          {choice === "custom" && (
            <EndField value={custom} onChange={setCustom} latest={latest} error={error} />
          )}
        </div>
      )}
    </KeyDialog>
  );
}
