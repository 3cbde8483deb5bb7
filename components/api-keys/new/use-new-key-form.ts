import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { v4 } from "uuid";
import type { z } from "zod";
import { sendForm } from "@/components/ui/draft";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { createKeyAction } from "@/lib/access/api-keys/actions";
import { type CreateKeyInput, createKeyInput } from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { now } from "@/lib/platform/clock";
import { showIfOver, showKeyFailure } from "../fields/form-errors";
import type { NewKeyValues } from "./new-key-prefill";

type Values = z.input<typeof createKeyInput>;
export type NewKeyForm = UseFormReturn<Values, unknown, CreateKeyInput>;

const UNREACHABLE =
  "The server could not be reached. Nothing you typed is lost, and trying again cannot make a second key.";

/** The values the form starts with: a link's, or the draft that a sign-in interrupted. */
export type NewKeyStart = NewKeyValues & { audiences?: string[]; creationToken?: string };

type NewKeyFormOptions = {
  start: NewKeyStart;
  onMade: (made: NewSecret) => void;
};

/**
 * The form for a new key. `submit` makes the key at most once, however often it is pressed: the token is
 * made with the form, and the server makes one key for it.
 */
export function useNewKeyForm({ start, onMade }: NewKeyFormOptions) {
  const [newToken] = useState(() => v4());
  const { useCase, creationToken = newToken, ...known } = start;
  const form: NewKeyForm = useTypedForm<Values, unknown, CreateKeyInput>({
    resolver: zodResolver(createKeyInput),
    shouldFocusError: false,
    defaultValues: { ...known, ...(useCase && { useCase }), creationToken },
  });

  async function send(input: CreateKeyInput) {
    const result = await sendForm(() => whenConfirmed(() => createKeyAction(input)));
    if (result?.ok) {
      onMade(result.value);
      return;
    }
    showKeyFailure(form, result, UNREACHABLE);
    focusFirstInvalid();
  }

  function refuse() {
    showIfOver(form, now());
    focusFirstInvalid();
  }

  return { form, submit: form.handleSubmit(send, refuse) };
}

/** After the errors are on the page, the focus goes to the first field that has one. */
function focusFirstInvalid(): void {
  requestAnimationFrame(() => {
    const invalid = document.querySelector<HTMLElement>(
      'form :is([aria-invalid="true"], [data-invalid])',
    );
    // A group gets the focus on its first choice.
    const choice = invalid?.querySelector<HTMLElement>('[role="radio"], [role="checkbox"]');
    (choice ?? invalid)?.focus();
  });
}
