import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import {
  type FieldErrors,
  type FieldPath,
  get,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import { v4 } from "uuid";
import type { z } from "zod";
import { createKeyAction } from "@/app/(console)/settings/api-keys/actions";
import { type CreateKeyInput, createKeyInput } from "@/lib/api-keys/schema";
import type { NewSecret } from "@/lib/api-keys/views";
import type { Failure } from "@/lib/result";
import type { NewKeyValues } from "./new-key-prefill";

type Values = z.input<typeof createKeyInput>;
export type NewKeyForm = UseFormReturn<Values, unknown, CreateKeyInput>;

const UNREACHABLE =
  "The server could not be reached. Nothing you typed is lost, and trying again cannot make a second key.";

/**
 * The form for a new key. `submit` makes the key at most once, however often it is pressed: the token is
 * made with the form, and the server makes one key for it.
 */
export function useNewKeyForm(start: NewKeyValues, onMade: (made: NewSecret) => void) {
  const [creationToken] = useState(() => v4());
  const { useCase, ...known } = start;
  const form: NewKeyForm = useForm<Values, unknown, CreateKeyInput>({
    resolver: zodResolver(createKeyInput),
    shouldFocusError: false,
    defaultValues: { ...known, ...(useCase && { useCase }), creationToken },
  });

  async function send(input: CreateKeyInput) {
    const result = await createKeyAction(input).catch(() => null);
    if (result?.ok) {
      onMade(result.value);
      return;
    }
    showFailure(form, result);
    focusFirstInvalid();
  }

  return { form, submit: form.handleSubmit(send, focusFirstInvalid) };
}

function showFailure(form: NewKeyForm, failure: Failure<string> | null): void {
  for (const [path, [message]] of Object.entries(failure?.fieldErrors ?? {})) {
    form.setError(path as FieldPath<Values>, { message: message ?? "" });
  }
  form.setError("root", {
    type: failure?.code ?? "unreachable",
    message: failure?.message ?? UNREACHABLE,
  });
}

/** What is wrong with the addresses, naming the first wrong one. */
export function addressesError(form: NewKeyForm): string | undefined {
  const { errors } = form.formState;
  const typed = form.getValues("allowedAddresses");
  const wrong = typed.findIndex((_, place) => messageAt(errors, `allowedAddresses.${place}`));
  const message = messageAt(errors, `allowedAddresses.${wrong}`);
  return message ? `“${typed[wrong]}”: ${message}` : messageAt(errors, "allowedAddresses");
}

/** The message of the error at a dotted path, if there is one. */
export function messageAt(errors: FieldErrors<Values>, path: string): string | undefined {
  const message: unknown = get(errors, `${path}.message`);
  return typeof message === "string" ? message : undefined;
}

/** After the errors are on the page, the focus goes to the first field that has one. */
function focusFirstInvalid(): void {
  requestAnimationFrame(() => {
    const invalid = document.querySelector<HTMLElement>('form [aria-invalid="true"]');
    const group = invalid?.getAttribute("role") === "radiogroup";
    (group ? invalid?.querySelector<HTMLElement>('[role="radio"]') : invalid)?.focus();
  });
}
