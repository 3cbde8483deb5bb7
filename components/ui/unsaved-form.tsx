"use client";

import { type FieldValues, type UseFormReturn, useWatch } from "react-hook-form";
import type { DraftPlace } from "./draft";
import { Unsaved } from "./unsaved";

type UnsavedFormProps<Values extends FieldValues, Input> = {
  form: UseFormReturn<Values, unknown, Input>;
  place: DraftPlace;
  /** Whether the form began with a draft. */
  restored: boolean;
  /** Whether everything has been saved. */
  saved?: boolean;
};

/** `Unsaved` for a form of react-hook-form. */
export function UnsavedForm<Values extends FieldValues, Input>({
  form,
  place,
  restored,
  saved = form.formState.isSubmitSuccessful,
}: UnsavedFormProps<Values, Input>) {
  const values = useWatch({ control: form.control });
  const dirty = (restored || form.formState.isDirty) && !saved;
  return <Unsaved place={place} values={values} dirty={dirty} />;
}
