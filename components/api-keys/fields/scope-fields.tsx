"use client";

import { type ReactNode, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { RESOURCES, type Resource, type Scope } from "@/lib/people/auth/scopes";

type ScopeFieldsProps = {
  value: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
  hint: ReactNode;
  error: string | undefined;
};

/** Every scope as a checkbox: a row for each resource, a column for each action. */
export function ScopeFields({ value, onChange, hint, error }: ScopeFieldsProps) {
  const id = useId();
  const described = error ? `${id}-hint ${id}-error` : `${id}-hint`;

  function toggle(scope: Scope, checked: boolean) {
    const others = value.filter((held) => held !== scope);
    onChange(checked ? [...others, scope] : others);
  }

  return (
    <fieldset aria-describedby={described} {...(error && { "data-invalid": true })}>
      <legend className="font-medium text-sm">Access</legend>
      <p id={`${id}-hint`} className="mb-2 text-ink-2 text-xs">
        {hint}
      </p>
      <div
        className={cn(
          "divide-y divide-line rounded-lg border",
          error ? "border-danger" : "border-line",
        )}
      >
        {RESOURCES.map((resource) => (
          <ResourceRow key={resource.label} resource={resource} held={value} onToggle={toggle} />
        ))}
      </div>
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  );
}

type ResourceRowProps = {
  resource: Resource;
  held: readonly Scope[];
  onToggle: (scope: Scope, checked: boolean) => void;
};

function ResourceRow({ resource, held, onToggle }: ResourceRowProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of this grid.
    <div
      role="group"
      aria-labelledby={`${id}-name`}
      className="grid grid-cols-[minmax(0,1fr)] gap-x-2 px-4 py-2 text-sm md:auto-cols-[160px] md:grid-flow-col max-md:grid-cols-2"
    >
      <div className="max-md:col-span-2 max-md:pb-1">
        <span id={`${id}-name`} className="block font-medium">
          {resource.label}
        </span>
        <span className="block text-ink-2 text-xs">{resource.explanation}</span>
      </div>
      {resource.actions.map(({ scope, label, can }) => (
        <div key={scope} className="flex items-start gap-2" title={can}>
          <Checkbox
            id={`${id}-${scope}`}
            checked={held.includes(scope)}
            onCheckedChange={(checked) => onToggle(scope, checked)}
            className="mt-0.5"
          />
          <label htmlFor={`${id}-${scope}`} className="grow max-md:min-h-10">
            {label}{" "}
            <span className="block font-mono text-ink-3 text-xs tracking-tight">{scope}</span>
          </label>
        </div>
      ))}
    </div>
  );
}
