import type { ReactElement } from "react";
import {
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  type UseFormReturn,
  useWatch,
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

/**
 * One value of a form with what is wrong with it, for a control that is no plain input. The library's own part for this
 * would be one more KB on every page with a form.
 */
export function FormField<Values extends FieldValues, Output, Name extends FieldPath<Values>>({
  form,
  name,
  children,
}: FormFieldProps<Values, Output, Name>) {
  const { errors, isSubmitted } = form.formState;
  const value = useWatch({ control: form.control, name });
  const onChange = (next: FieldPathValue<Values, Name>) =>
    form.setValue(name, next, { shouldDirty: true, shouldValidate: isSubmitted });
  return children({ value, onChange, error: messageAt(errors, name) });
}
