"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import { cn } from "./class-names";
import { CONTROL } from "./input";

export type SelectOption = {
  value: string;
  label: string;
  /** A second line that explains the choice. */
  hint?: string;
};

type SelectProps = {
  options: readonly SelectOption[];
  value: string;
  onValueChange: (value: string) => void;
  placeholder?: string;
  /** Given by `Field`; else say what is chosen with `aria-label`. */
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

/** A combobox of a few known choices. Values must not be empty strings. */
export function Select({ options, value, onValueChange, placeholder, ...aria }: SelectProps) {
  return (
    <RadixSelect.Root value={value} onValueChange={onValueChange}>
      <RadixSelect.Trigger
        {...aria}
        className={cn(
          CONTROL,
          "flex h-8 items-center gap-2 text-left max-md:h-10 data-[placeholder]:text-ink-3",
        )}
      >
        <span className="min-w-0 flex-1 truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <ChevronDown aria-hidden className="size-4 text-ink-3" />
      </RadixSelect.Trigger>
      <SelectList options={options} />
    </RadixSelect.Root>
  );
}

type FilterSelectProps = {
  label: string;
  options: readonly SelectOption[];
  value: string;
  onValueChange: (value: string) => void;
};

/** A filter above a list, which says its own name: "Status: in use". */
export function FilterSelect({ label, options, value, onValueChange }: FilterSelectProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <RadixSelect.Root value={value} onValueChange={onValueChange}>
      <RadixSelect.Trigger
        aria-label={label}
        className={cn(
          CONTROL,
          "inline-flex h-8 w-auto max-w-64 items-center gap-2 max-md:h-10 max-md:text-sm",
        )}
      >
        <span className="truncate">
          <span className="sr-only">{label}: </span>
          <span aria-hidden>{label}: </span>
          <RadixSelect.Value>{chosen?.label}</RadixSelect.Value>
        </span>
        <ChevronDown aria-hidden className="size-4 text-ink-3" />
      </RadixSelect.Trigger>
      <SelectList options={options} />
    </RadixSelect.Root>
  );
}

function SelectList({ options }: { options: readonly SelectOption[] }) {
  return (
    <RadixSelect.Portal>
      <RadixSelect.Content
        position="popper"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[min(32rem,calc(100vw-16px))] animate-fade overflow-hidden rounded-md bg-surface p-1 text-sm shadow-floating"
      >
        <RadixSelect.Viewport>
          {options.map((option) => (
            <RadixSelect.Item
              key={option.value}
              value={option.value}
              className="relative cursor-default select-none rounded-sm py-1.5 pr-8 pl-2 outline-none data-[highlighted]:bg-bg-sunken max-md:py-2.5"
            >
              <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
              {option.hint && <span className="block text-ink-2 text-xs">{option.hint}</span>}
              <RadixSelect.ItemIndicator className="absolute top-2 right-2">
                <Check aria-hidden className="size-4 text-accent" />
              </RadixSelect.ItemIndicator>
            </RadixSelect.Item>
          ))}
        </RadixSelect.Viewport>
      </RadixSelect.Content>
    </RadixSelect.Portal>
  );
}
