"use client";

import { RadioGroup as RadixRadioGroup } from "radix-ui";

type SegmentedProps<Value extends string> = {
  /** Names the group for screen readers. */
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
};

/** Two or three short choices side by side. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, onValueChange, options } = props;
  return (
    <RadixRadioGroup.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className="inline-flex overflow-clip rounded-sm border border-line-strong bg-surface"
    >
      {options.map((option) => (
        <RadixRadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-[30px] flex-auto whitespace-nowrap border-line px-3 not-first-of-type:border-l text-ink-2 text-sm focus-visible:-outline-offset-2 data-[state=checked]:bg-bg-sunken data-[state=checked]:font-medium data-[state=checked]:text-ink max-md:h-[38px]"
        >
          {option.label}
        </RadixRadioGroup.Item>
      ))}
    </RadixRadioGroup.Root>
  );
}
