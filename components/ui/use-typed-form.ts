"use client";

import { useState } from "react";
import type {
  FieldValues,
  Path,
  PathValue,
  UseFormProps,
  UseFormRegister,
  UseFormReturn,
} from "react-hook-form";
import { useFilledForm } from "./use-filled-form";

/**
 * `useFilledForm`, but nothing is lost that was typed, or filled in by the browser, before this page's script came:
 * `useForm` would write its default values over it.
 */
export function useTypedForm<Values extends FieldValues, Context = unknown, Sent = Values>(
  options: UseFormProps<Values, Context, Sent>,
): UseFormReturn<Values, Context, Sent> {
  const form = useFilledForm<Values, Context, Sent>(options);
  const [seen] = useState(() => new WeakSet<Element>());
  const register: UseFormRegister<Values> = (name, rules) => {
    const field = form.register(name, rules);
    const ref = (element: unknown) => {
      const typed = isTextBox(element) && !seen.has(element) ? typedInto(element) : null;
      if (isTextBox(element)) seen.add(element);
      field.ref(element);
      if (typed !== null) keep(form, name, typed);
    };
    return { ...field, ref };
  };
  return { ...form, register };
}

function isTextBox(element: unknown): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement
    ? element.type !== "checkbox" && element.type !== "radio"
    : element instanceof HTMLTextAreaElement;
}

/** The text in a box that the server did not write there; null where there is none. */
function typedInto({ value, defaultValue }: HTMLInputElement | HTMLTextAreaElement): string | null {
  return value !== defaultValue ? value : null;
}

function keep<Values extends FieldValues, Context, Sent>(
  form: UseFormReturn<Values, Context, Sent>,
  name: Path<Values>,
  typed: string,
): void {
  form.setValue(name, typed as PathValue<Values, Path<Values>>, { shouldDirty: true });
}
