"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";

export type Choice = { id: string; name: string };

type LimitFieldProps = {
  label: string;
  hint: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  choices: readonly Choice[];
  error: string | undefined;
};

/** The things a key is limited to, ticked one by one. Renders nothing where there is no choice. */
export function LimitField({ label, hint, value, onChange, choices, error }: LimitFieldProps) {
  const id = useId();
  if (choices.length === 0) return null;

  function set(choice: string, checked: boolean) {
    const others = value.filter((chosen) => chosen !== choice);
    onChange(checked ? [...others, choice] : others);
  }

  // In a box of its own: a legend stands on its fieldset's upper border, which the form draws between fields.
  return (
    <div>
      <fieldset aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`}>
        <legend className="font-medium text-sm">
          {label} <span className="font-normal text-ink-3">optional</span>
        </legend>
        <p id={`${id}-hint`} className="mb-1.5 text-ink-2 text-xs">
          {hint}
        </p>
        <ul className="grid max-h-52 gap-0.5 overflow-y-auto rounded-md border border-line p-2">
          {choices.map((choice) => (
            <li key={choice.id}>
              <label
                htmlFor={`${id}-${choice.id}`}
                className="flex items-center gap-2.5 rounded-sm px-1.5 py-1.5 text-sm hover:bg-bg-subtle"
              >
                <Checkbox
                  id={`${id}-${choice.id}`}
                  checked={value.includes(choice.id)}
                  onCheckedChange={(checked) => set(choice.id, checked)}
                />
                <bdi className="min-w-0 break-words">{choice.name}</bdi>
              </label>
            </li>
          ))}
        </ul>
        <FieldError id={`${id}-error`} message={error} />
      </fieldset>
    </div>
  );
}

/** The choices, and the chosen ones that are gone: they can only be taken away knowingly. */
export function withGone(
  choices: readonly Choice[],
  value: readonly string[],
  nameOf: (id: string) => string,
): Choice[] {
  const known = new Set(choices.map(({ id }) => id));
  const gone = value.filter((id) => !known.has(id));
  return [...choices, ...gone.map((id) => ({ id, name: nameOf(id) }))];
}
