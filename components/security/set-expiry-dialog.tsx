"use client";

import { useState } from "react";
import { KeyDialog } from "@/components/api-keys/dialogs/key-dialog";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { DEFAULT_EXPIRY_DAYS, EXPIRY_DAYS } from "@/lib/access/api-keys/key/limits";
import { setExpiryAction } from "@/lib/access/findings/actions";
import { DAY_MS, later, now } from "@/lib/platform/clock";
import { longDate } from "@/lib/platform/format/time";
import type { RemediedKey } from "./remedy-button";

type SetExpiryDialogProps = { apiKey: RemediedKey; onClose: () => void };

/** Asks when a key expires. */
export function SetExpiryDialog({ apiKey, onClose }: SetExpiryDialogProps) {
  const [days, setDays] = useState(String(DEFAULT_EXPIRY_DAYS));
  const [at] = useState(now);
  const set = useKeyAction(setExpiryAction, () => {
    toast("Expiry set");
    onClose();
  });
  return (
    <KeyDialog
      title="Set an expiry"
      description={<bdi>{apiKey.name}</bdi>}
      problem={set.failure?.message}
      action={{
        label: "Set expiry",
        variant: "primary",
        pending: set.pending,
        run: () => set.run({ keyId: apiKey.id, days: Number(days) }),
      }}
      onClose={onClose}
    >
      <RadioGroup aria-label="It expires in" value={days} onValueChange={setDays}>
        {EXPIRY_DAYS.map((choice) => (
          <RadioItem
            key={choice}
            value={String(choice)}
            label={`${choice} days`}
            hint={longDate(later(at, choice * DAY_MS))}
          />
        ))}
      </RadioGroup>
      <p className="text-ink-2 text-xs">
        Before that day the key is named here. Rotating gives it a new secret for as long again.
      </p>
    </KeyDialog>
  );
}
