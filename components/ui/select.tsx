"use client";

import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from "react";
import { cn } from "./class-names";
import { CONTROL } from "./input";
import { onDemand, useOnDemand } from "./on-demand";
import { useTyping } from "./option-keys";

const optionList = onDemand(() => import("./option-list"));

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
  const [openedBy, setOpenedBy] = useState<HTMLElement | null>(null);
  const parts = useOnDemand(optionList, openedBy !== null);
  const optionAt = useTyping(options.map(({ label }) => label));
  const close = () => setOpenedBy(null);

  function choose(next: Value) {
    close();
    if (next !== value) onValueChange(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const opens = event.key === "ArrowDown" || event.key === "ArrowUp";
    const typed = optionAt(
      event,
      options.findIndex((option) => option.value === value),
    );
    if (!opens && !typed) return;
    event.preventDefault();
    if (opens) setOpenedBy(event.currentTarget);
    else if (typed) choose(options[typed.place]?.value ?? value);
  }

  return (
    <>
      <button
        type="button"
        {...aria}
        id={id}
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={openedBy !== null}
        {...(openedBy && { "aria-controls": `${id}-list` })}
        data-state={openedBy ? "open" : "closed"}
        onClick={({ currentTarget }) => setOpenedBy(openedBy ? null : currentTarget)}
        onKeyDown={onKeyDown}
        className={cn(CONTROL, "h-8 items-center gap-2 max-md:h-10", className)}
      >
        {children}
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-3" />
      </button>
      {openedBy && parts && (
        <parts.OptionList
          id={`${id}-list`}
          trigger={openedBy}
          options={options}
          value={value}
          optionAt={optionAt}
          choose={choose}
          onClose={close}
        />
      )}
    </>
  );
}
