"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

type SkipUnsubscribedFieldProps = {
  value: boolean | undefined;
  onChange: (skips: boolean) => void;
};

/** Whether the key's emails leave out people who have unsubscribed. */
export function SkipUnsubscribedField({ value = false, onChange }: SkipUnsubscribedFieldProps) {
  const id = useId();
  return (
    <div>
      <div className="flex items-center gap-2.5">
        <Checkbox
          id={id}
          checked={value}
          onCheckedChange={(checked) => onChange(checked === true)}
          aria-describedby={`${id}-hint`}
        />
        <label htmlFor={id} className="font-medium text-sm">
          Leave out people who unsubscribed
        </label>
      </div>
      <p id={`${id}-hint`} className="mt-1 text-ink-2 text-xs">
        For newsletters sent by your own tool. Receipts and password resets should reach everyone.
      </p>
    </div>
  );
}
