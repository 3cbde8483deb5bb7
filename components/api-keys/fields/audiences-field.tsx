"use client";

import { type Choice, LimitField, withGone } from "./limit-field";

type AudiencesFieldProps = {
  value: readonly string[] | undefined;
  onChange: (ids: string[]) => void;
  /** The audiences of the key's environment. */
  choices: readonly Choice[];
  error: string | undefined;
};

/** The audiences a key is limited to. Renders nothing where there is no choice. */
export function AudiencesField({ choices, value = [], ...field }: AudiencesFieldProps) {
  return (
    <LimitField
      {...field}
      value={value}
      label="Only these audiences"
      hint="The key can only see and change contacts in these. Select none for all contacts."
      choices={withGone(choices, value, (id) => `A deleted audience (${id})`)}
    />
  );
}
