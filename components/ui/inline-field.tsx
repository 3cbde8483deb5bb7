import { type ReactNode, useId } from "react";

type InlineFieldProps = { label: string; children: (id: string) => ReactNode };

/** A filter with its label before it; on a phone it takes a line of its own. */
export function InlineField({ label, children }: InlineFieldProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2 text-sm max-md:flex max-md:w-full">
      <label htmlFor={id} className="max-md:w-16">
        {label}
      </label>
      {children(id)}
    </span>
  );
}
