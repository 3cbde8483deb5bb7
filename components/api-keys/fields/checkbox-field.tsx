"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

export type CheckboxFieldProps = {
  value: boolean | undefined;
  onChange: (checked: boolean) => void;
};

/** A box to check in the form of a key, with what it means. */
export function CheckboxField({
  value = false,
  onChange,
  label,
  hint,
}: CheckboxFieldProps & { label: string; hint: string }) {
  const id = useId();
  return (
    <div>
      <div className="flex items-center gap-2.5">
        <Checkbox
          id={id}
          checked={value}
          onCheckedChange={onChange}
          aria-describedby={`${id}-hint`}
        />
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
      </div>
      <p id={`${id}-hint`} className="mt-1 text-ink-2 text-xs">
        {hint}
      </p>
    </div>
  );
}
