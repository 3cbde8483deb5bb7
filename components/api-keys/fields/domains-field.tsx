"use client";

import { LimitField, withGone } from "./limit-field";

type DomainsFieldProps = {
  value: readonly string[] | undefined;
  onChange: (domains: string[]) => void;
  /** The workspace's sending domains. */
  choices: readonly string[];
  error: string | undefined;
};

/** The domains a key may send from. Renders nothing where there is no choice. */
export function DomainsField({ choices, value = [], ...field }: DomainsFieldProps) {
  const named = choices.map((name) => ({ id: name, name }));
  return (
    <LimitField
      {...field}
      value={value}
      label="Only send from"
      hint="The key can only send emails from these domains. Select none for all of them."
      choices={withGone(named, value, (name) => `${name} (no longer a sending domain)`)}
    />
  );
}
