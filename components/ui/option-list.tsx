"use client";

import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useRef } from "react";
import { placeByKey, type useTyping } from "./option-keys";
import type { SelectOption } from "./select";
import { useTriggerFocus } from "./trigger-focus";

type OptionsProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value: Value;
  optionAt: ReturnType<typeof useTyping>;
  choose: (value: Value) => void;
};

type OptionListProps<Value extends string> = OptionsProps<Value> & {
  id: string;
  /** The button of the list. */
  trigger: HTMLElement;
  onClose: () => void;
};

/** The open list of a combobox. */
export function OptionList<Value extends string>(props: OptionListProps<Value>) {
  const { id, trigger, onClose, ...choice } = props;
  const focus = useTriggerFocus(trigger);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={{ current: trigger }} />
      <Popover.Content
        id={id}
        role="listbox"
        aria-labelledby={trigger.id}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        {...focus}
        onOpenAutoFocus={focusChosen}
        className="z-50 max-h-(--radix-popover-content-available-height) min-w-(--radix-popover-trigger-width) max-w-[min(32rem,calc(100vw-16px))] animate-fade overflow-y-auto overscroll-contain rounded-md bg-surface p-1 text-left text-ink text-sm shadow-floating outline-none"
      >
        <Options {...choice} />
      </Popover.Content>
    </Popover.Root>
  );
}

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
