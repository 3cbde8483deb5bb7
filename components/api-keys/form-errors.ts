import {
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  get,
  type UseFormReturn,
} from "react-hook-form";
import type { Failure } from "@/lib/result";

/** The message of the error at a dotted path of a form, if there is one. */
export function messageAt<Values extends FieldValues>(
  errors: FieldErrors<Values>,
  path: string,
): string | undefined {
  const message: unknown = get(errors, `${path}.message`);
  return typeof message === "string" ? message : undefined;
}

/** What is wrong with the allowed addresses of a form, naming the first wrong one. */
export function addressesError<Values extends FieldValues>(
  errors: FieldErrors<Values>,
  typed: readonly string[],
): string | undefined {
  const wrong = typed.findIndex((_, place) => messageAt(errors, `allowedAddresses.${place}`));
  const message = messageAt(errors, `allowedAddresses.${wrong}`);
  return message ? `“${typed[wrong]}”: ${message}` : messageAt(errors, "allowedAddresses");
}

/** Puts a failure beside the fields it names and above the button; `unreachable` is said without an answer. */
export function showKeyFailure<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  failure: Failure<string> | null,
  unreachable: string,
): void {
  for (const [path, [message]] of Object.entries(failure?.fieldErrors ?? {})) {
    form.setError(path as FieldPath<Values>, { message: message ?? "" });
  }
  form.setError("root", {
    type: failure?.code ?? "unreachable",
    message: failure?.message ?? unreachable,
  });
}
