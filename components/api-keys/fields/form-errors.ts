import {
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  get,
  type UseFormReturn,
} from "react-hook-form";
import { onDemand } from "@/components/ui/on-demand";
import { startExpiry } from "@/lib/access/api-keys/key/expiry";
import type { Failure } from "@/lib/platform/result";

const keySchemas = onDemand(() => import("@/lib/access/api-keys/key/schema"));

/** The message of the error at a dotted path of a form, if there is one. */
export function messageAt<Values extends FieldValues>(
  errors: FieldErrors<Values>,
  path: string,
): string | undefined {
  const message: unknown = get(errors, `${path}.message`);
  return typeof message === "string" ? message : undefined;
}

/** The error of a form's expiry, or of the day it names. */
export function expiryError<Values extends FieldValues>(
  errors: FieldErrors<Values>,
): string | undefined {
  return messageAt(errors, "expiry.date") ?? messageAt(errors, "expiry");
}

const NAMED_MAX = 5;
const TEXT_MAX = 64;

/** The error of a form's allowed IP addresses. It names every wrong one, the first five of many. */
export function addressesError<Values extends FieldValues>(
  errors: FieldErrors<Values>,
  typed: readonly string[],
): string | undefined {
  const wrong = typed.flatMap((text, place) => {
    const message = messageAt(errors, `allowedAddresses.${place}`);
    return message ? [{ text: `“${text.slice(0, TEXT_MAX)}”`, message }] : [];
  });
  if (wrong.length === 0) return messageAt(errors, "allowedAddresses");
  const named = [...new Set(wrong.map(({ text }) => text))];
  const more = named.length > NAMED_MAX ? ` and ${named.length - NAMED_MAX} more` : "";
  const messages = [...new Set(wrong.map(({ message }) => message))];
  return `${named.slice(0, NAMED_MAX).join(", ")}${more}: ${messages.join(" ")}`;
}

/**
 * Says beside the last day of a key that the day is over, which no schema can decide. For a
 * form that was not sent because of other errors: this one would come next.
 */
export async function showIfOver<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  at: Date,
): Promise<void> {
  const { expirySchema } = await keySchemas.get();
  const chosen = expirySchema.safeParse(form.getValues().expiry);
  const started = chosen.success ? startExpiry(chosen.data, at) : null;
  if (started?.ok === false) showFieldErrors(form, started);
}

/** Puts a failure beside the fields it names and above the button; `unreachable` is said without an answer. */
export function showKeyFailure<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  failure: Failure<string> | null,
  unreachable: string,
): void {
  if (failure) showFieldErrors(form, failure);
  form.setError("root", {
    type: failure?.code ?? "unreachable",
    message: failure?.message ?? unreachable,
  });
}

function showFieldErrors<Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  { fieldErrors = {} }: Failure<string>,
): void {
  for (const [path, [message]] of Object.entries(fieldErrors)) {
    form.setError(path as FieldPath<Values>, { message: message ?? "" });
  }
}
