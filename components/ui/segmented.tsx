"use client";

import type { KeyboardEvent } from "react";

type SegmentedProps<Value extends string> = {
  /** Names the group for screen readers. */
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
};

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Two or three short choices side by side. Arrows choose the one beside, as among any radio buttons. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, onValueChange, options } = props;

  function onKeyDown(event: KeyboardEvent<HTMLElement>, at: number) {
    const step = STEPS[event.key];
    const next = step && options[(at + step + options.length) % options.length];
    if (!next) return;
    event.preventDefault();
    onValueChange(next.value);
    event.currentTarget.parentElement
      ?.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)
      ?.focus();
  }

  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex overflow-clip rounded-sm border border-line-strong bg-surface"
    >
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useSemanticElements: an input needs a label, and a field may have that name already; axe and the keyboard story hold the roles.
        <button
          key={option.value}
          type="button"
          role="radio"
          data-value={option.value}
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onValueChange(option.value)}
          onKeyDown={(event) => onKeyDown(event, at)}
          className="h-[30px] flex-auto whitespace-nowrap border-line px-3 not-first-of-type:border-l text-ink-2 text-sm focus-visible:-outline-offset-2 aria-checked:bg-bg-sunken aria-checked:font-medium aria-checked:text-ink max-md:h-[38px]"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
