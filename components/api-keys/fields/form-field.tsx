import type { ReactElement } from "react";
import {
  Controller,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  type UseFormReturn,
} from "react-hook-form";
import { messageAt } from "./form-errors";

type Control<Value> = {
  value: Value;
  onChange: (value: Value) => void;
  error: string | undefined;
};

type FormFieldProps<Values extends FieldValues, Output, Name extends FieldPath<Values>> = {
  form: UseFormReturn<Values, unknown, Output>;
  name: Name;
  children: (control: Control<FieldPathValue<Values, Name>>) => ReactElement;
};

/** One value of a form with what is wrong with it, for a control that is no plain input. */
export function FormField<Values extends FieldValues, Output, Name extends FieldPath<Values>>({
  form,
  name,
  children,
}: FormFieldProps<Values, Output, Name>) {
  const error = messageAt(form.formState.errors, name);
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { value, onChange } }) => children({ value, onChange, error })}
    />
  );
}
