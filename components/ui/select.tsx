"use client";

import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { cn } from "./class-names";
import { CONTROL } from "./input";
import { placeByKey, useTyping } from "./option-keys";

export type SelectOption<Value extends string = string> = {
  value: Value;
  label: string;
  /** A second line that explains the choice. */
  hint?: string;
};

type ChoiceProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
};

type SelectProps<Value extends string> = ChoiceProps<Value> & {
  placeholder?: string;
  /** Given by `Field`; else say what is chosen with `aria-label`. */
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  /** Where a form puts the focus when the choice is wrong. */
  ref?: Ref<HTMLButtonElement>;
};

/** A combobox of a few known choices. */
export function Select<Value extends string>({ placeholder, ...rest }: SelectProps<Value>) {
  const chosen = rest.options.find(({ value }) => value === rest.value);
  return (
    <Combobox {...rest} className="flex w-full text-left">
      <span className={cn("min-w-0 flex-1 truncate", !chosen && "text-ink-3")}>
        {chosen?.label ?? placeholder}
      </span>
    </Combobox>
  );
}

/** A filter above a list, which says its own name: "Status: in use". */
export function FilterSelect<Value extends string>({
  label,
  ...choice
}: ChoiceProps<Value> & { label: string }) {
  const chosen = choice.options.find(({ value }) => value === choice.value);
  return (
    <Combobox {...choice} aria-label={label} className="inline-flex w-auto max-w-64 max-md:text-sm">
      <span className="truncate">
        {label}: {chosen?.label}
      </span>
    </Combobox>
  );
}

type ComboboxProps<Value extends string> = Omit<SelectProps<Value>, "placeholder"> & {
  className: string;
  children: ReactNode;
};

/**
 * A button that shows the choice, and the list it opens beside it. The list stands where its button does,
 * not at the end of the page, and hides nothing else from screen readers while it is open.
 */
function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { options, value, onValueChange, className, children, ...rest } = props;
  const ownId = useId();
  const { id = ownId, ...aria } = rest;
  const [open, setOpen] = useState(false);
  const optionAt = useTyping(options.map(({ label }) => label));

  function choose(next: Value) {
    setOpen(false);
    if (next !== value) onValueChange(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    const opens = event.key === "ArrowDown" || event.key === "ArrowUp";
    const typed = optionAt(
      event,
      options.findIndex((option) => option.value === value),
    );
    if (!opens && !typed) return;
    event.preventDefault();
    if (opens) setOpen(true);
    else if (typed) choose(options[typed.place]?.value ?? value);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        {...aria}
        id={id}
        role="combobox"
        aria-haspopup="listbox"
        onKeyDown={onKeyDown}
        className={cn(CONTROL, "h-8 items-center gap-2 max-md:h-10", className)}
      >
        {children}
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Content
        role="listbox"
        aria-labelledby={id}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={focusChosen}
        className="z-50 max-h-(--radix-popover-content-available-height) min-w-(--radix-popover-trigger-width) max-w-[min(32rem,calc(100vw-16px))] animate-fade overflow-y-auto overscroll-contain rounded-md bg-surface p-1 text-left text-ink text-sm shadow-floating outline-none"
      >
        <Options options={options} value={value} optionAt={optionAt} choose={choose} />
      </Popover.Content>
    </Popover.Root>
  );
}

type OptionsProps<Value extends string> = Pick<ChoiceProps<Value>, "options" | "value"> & {
  optionAt: ReturnType<typeof useTyping>;
  choose: (value: Value) => void;
};

function Options<Value extends string>(props: OptionsProps<Value>) {
  const { options, value, optionAt, choose } = props;
  const elements = useRef<(HTMLElement | null)[]>([]);

  function onKeyDown(event: KeyboardEvent, at: number) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return choose(options[at]?.value ?? value);
    }
    const place = placeByKey(event.key, at, options.length) ?? optionAt(event, at)?.place;
    if (place === undefined) return;
    event.preventDefault();
    elements.current[place]?.focus();
  }

  return options.map((option, at) => (
    <div
      key={option.value}
      ref={(element) => {
        elements.current[at] = element;
      }}
      role="option"
      aria-selected={option.value === value}
      tabIndex={-1}
      onKeyDown={(event) => onKeyDown(event, at)}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      onClick={() => choose(option.value)}
      className="relative cursor-default select-none rounded-sm py-1.5 pr-8 pl-2 outline-none focus:bg-bg-sunken max-md:py-2.5"
    >
      {option.label}
      {option.hint && <span className="block text-ink-2 text-xs">{option.hint}</span>}
      {option.value === value && (
        <Check aria-hidden className="absolute top-2 right-2 size-4 text-accent" />
      )}
    </div>
  ));
}

/** The list opens on the chosen option, else on its first. */
function focusChosen(event: Event) {
  event.preventDefault();
  const list = event.currentTarget as HTMLElement;
  const chosen = list.querySelector<HTMLElement>('[aria-selected="true"]');
  (chosen ?? list.querySelector<HTMLElement>('[role="option"]'))?.focus();
}
