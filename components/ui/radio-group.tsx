"use client";

import { RadioGroup as RadixRadioGroup } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

/** Choices of which one holds. Name it with `aria-label` or `aria-labelledby`. */
export function RadioGroup({ className, ...rest }: ComponentProps<typeof RadixRadioGroup.Root>) {
  return <RadixRadioGroup.Root {...rest} className={cn("grid gap-2", className)} />;
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
        "group relative flex cursor-pointer gap-3 rounded-md border border-line-strong bg-surface p-3 hover:bg-bg-subtle has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-soft has-data-[state=checked]:ring-1 has-data-[state=checked]:ring-accent",
        className,
      )}
    >
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-sm bg-bg-sunken text-ink-2 group-has-data-[state=checked]:bg-accent group-has-data-[state=checked]:text-accent-on [&_svg]:size-4"
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
  return (
    <RadixRadioGroup.Item
      id={id}
      value={value}
      aria-labelledby={titleId}
      {...(hasHint && { "aria-describedby": `${id}-hint` })}
      className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-input bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <RadixRadioGroup.Indicator className="size-1.5 rounded-full bg-accent-on" />
    </RadixRadioGroup.Item>
  );
}
