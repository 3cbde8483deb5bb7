"use client";

import { useState } from "react";
import {
  type FieldValues,
  get,
  type UseFormProps,
  type UseFormRegister,
  type UseFormReturn,
  useForm,
} from "react-hook-form";

/**
 * `useForm`, but its boxes hold their default values from the server on. `useForm` leaves them empty until the page's
 * script comes: what is typed until then would stand beside the value that comes late, or before it.
 */
export function useFilledForm<Values extends FieldValues, Context = unknown, Sent = Values>(
  options: UseFormProps<Values, Context, Sent>,
): UseFormReturn<Values, Context, Sent> {
  const form = useForm<Values, Context, Sent>(options);
  const [start] = useState(() => options.defaultValues ?? options.values);
  const register: UseFormRegister<Values> = (name, rules) => {
    const field = form.register(name, rules);
    const value: unknown = get(start, name);
    return value === undefined ? field : { ...field, defaultValue: asInBox(value) };
  };
  return { ...form, register };
}

/** A value as a box holds it, whose lines end in LF alone: another text would look as if somebody had typed it. */
function asInBox(value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll(/\r\n?/g, "\n") : value;
}
