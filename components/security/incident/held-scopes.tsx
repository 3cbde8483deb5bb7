"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import type { Scope } from "@/lib/people/auth/scopes";

/** A scope of the leaked key, with its words. */
export type HeldScope = { scope: Scope; words: string };

type HeldScopesProps = {
  held: readonly HeldScope[];
  value: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
  error: string | undefined;
};

/** The scopes of a leaked key. Each can be kept or left out. */
export function HeldScopes({ held, value, onChange, error }: HeldScopesProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error && `${id}-error`}>
      <legend className="mb-1.5 font-medium text-sm">Access</legend>
      <ul className="grid gap-2 md:grid-cols-2">
        {held.map(({ scope, words }) => (
          <li key={scope} className="flex items-start gap-2 max-md:min-h-10">
            <Checkbox
              id={`${id}-${scope}`}
              checked={value.includes(scope)}
              onCheckedChange={(checked) => onChange(toggled(value, scope, checked))}
              className="mt-0.5"
            />
            <label htmlFor={`${id}-${scope}`}>
              {words}{" "}
              <span className="block font-mono text-ink-3 text-xs tracking-tight">{scope}</span>
            </label>
          </li>
        ))}
      </ul>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}

function toggled(value: readonly Scope[], scope: Scope, checked: boolean): Scope[] {
  const others = value.filter((one) => one !== scope);
  return checked ? [...others, scope] : others;
}
