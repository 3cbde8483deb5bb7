"use client";

import { type ComponentProps, createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./class-names";
import { withoutEnter } from "./without-enter";

type Choice = { name: string; value: string | null; choose: (value: string) => void };

const RadioChoice = createContext<Choice>({ name: "", value: null, choose: () => {} });

type RadioGroupProps = ComponentProps<"div"> & {
  /** The choice that holds; null for none. */
  value: string | null;
  onValueChange: (value: string) => void;
};

/** Choices of which one holds. Name it with `aria-label` or `aria-labelledby`. */
export function RadioGroup({ value, onValueChange, className, ...rest }: RadioGroupProps) {
  const name = useId();
  return (
    <RadioChoice value={{ name, value, choose: onValueChange }}>
      <div {...rest} role="radiogroup" className={cn("grid gap-2", className)} />
    </RadioChoice>
  );
}

type RadioItemProps = { value: string; label: string; hint?: ReactNode };

export function RadioItem({ value, label, hint }: RadioItemProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-start gap-2 py-1.5 text-sm max-md:py-2.5">
      <Radio id={id} value={value} titleId={`${id}-label`} hasHint={!!hint} />
      <span>
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-ink-2 text-xs">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

type RadioCardProps = {
  value: string;
  icon: ReactNode;
  title: string;
  description: string;
  className?: string;
};

/** A choice that deserves a sentence: the whole card is its label. */
export function RadioCard({ value, icon, title, description, className }: RadioCardProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        "group relative flex cursor-pointer gap-3 rounded-md border border-line-strong bg-surface p-3 hover:bg-bg-subtle has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent",
        className,
      )}
    >
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-sm bg-bg-sunken text-ink-2 group-has-checked:bg-accent group-has-checked:text-accent-on [&_svg]:size-4"
      >
        {icon}
      </span>
      <span className="min-w-0 flex-1 text-sm">
        <span id={`${id}-label`} className="block font-medium">
          {title}
        </span>
        <span id={`${id}-hint`} className="block text-ink-2 text-xs leading-[18px]">
          {description}
        </span>
      </span>
      <Radio id={id} value={value} titleId={`${id}-label`} hasHint />
    </label>
  );
}

type RadioProps = {
  id: string;
  value: string;
  titleId: string;
  hasHint: boolean;
};

function Radio({ id, value, titleId, hasHint }: RadioProps) {
  const choice = useContext(RadioChoice);
  return (
    <input
      type="radio"
      id={id}
      name={choice.name}
      value={value}
      checked={choice.value === value}
      onChange={() => choice.choose(value)}
      onKeyDown={withoutEnter}
      aria-labelledby={titleId}
      {...(hasHint && { "aria-describedby": `${id}-hint` })}
      className="mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-line-input bg-surface checked:border-5 checked:border-accent checked:bg-accent-on"
    />
  );
}
