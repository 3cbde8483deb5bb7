import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import type { Failure } from "@/lib/platform/result";

/** Puts a failure where it belongs: beside the fields it names and this form has, else above the button. */
export function showFailure<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, Values>,
  failure: Failure<string>,
): void {
  const known = Object.entries(failure.fieldErrors ?? {}).filter(
    ([path]) => form.getValues(path as Path<Values>) !== undefined,
  );
  for (const [at, [path, messages]] of known.entries()) {
    const message = messages[0] ?? failure.message;
    form.setError(path as Path<Values>, { message }, { shouldFocus: at === 0 });
  }
  if (known.length === 0) form.setError("root", { message: failure.message });
}
