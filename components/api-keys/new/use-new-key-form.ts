import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { checkedBy } from "@/components/ui/checked-by";
import { sendForm } from "@/components/ui/draft";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { createKeyAction } from "@/lib/access/api-keys/actions";
import type { CreateKeyInput, createKeyInput } from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { now } from "@/lib/platform/clock";
import { showIfOver, showKeyFailure } from "../fields/form-errors";
import type { NewKeyValues } from "./new-key-prefill";

const checkCreateKey = checkedBy(() =>
  import("@/lib/access/api-keys/key/schema").then(({ createKeyInput }) => createKeyInput),
);

type Values = z.input<typeof createKeyInput>;
export type NewKeyForm = UseFormReturn<Values, unknown, CreateKeyInput>;

const UNREACHABLE =
  "The server could not be reached. Nothing you typed is lost, and trying again cannot make a second key.";

/** The values the form starts with: a link's, or the draft that a sign-in interrupted. */
export type NewKeyStart = NewKeyValues & { audiences?: string[]; creationToken?: string };

type NewKeyFormOptions = {
  start: NewKeyStart;
  /** Comes before a key is made; if it fails, none is. */
  prepare: () => Promise<unknown>;
  onMade: (made: NewSecret) => void;
};

/**
 * The form for a new key. `submit` makes the key at most once, however often it is pressed: the token is
 * made with the form, and the server makes one key for it.
 */
export function useNewKeyForm({ start, prepare, onMade }: NewKeyFormOptions) {
  const [ownToken] = useState(newToken);
  const [refusals, setRefusals] = useState(0);
  const { useCase, creationToken = ownToken, ...known } = start;
  const form: NewKeyForm = useTypedForm<Values, unknown, CreateKeyInput>({
    resolver: checkCreateKey,
    shouldFocusError: false,
    defaultValues: { ...known, ...(useCase && { useCase }), creationToken },
  });

  // Once the errors are on the page.
  useEffect(() => {
    if (refusals > 0) focusFirstInvalid();
  }, [refusals]);

  async function send(input: CreateKeyInput) {
    const result = await sendForm(async () => {
      await prepare();
      return await whenConfirmed(() => createKeyAction(input));
    });
    if (result?.ok) {
      onMade(result.value);
      return;
    }
    showKeyFailure(form, result, UNREACHABLE);
    setRefusals((count) => count + 1);
  }

  async function refuse() {
    await showIfOver(form, now());
    setRefusals((count) => count + 1);
  }

  return { form, submit: form.handleSubmit(send, refuse) };
}

/** A random UUID, also where there is no https and so no `crypto.randomUUID`. */
function newToken(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Gives the focus to the first field that has an error. */
function focusFirstInvalid(): void {
  const invalid = document.querySelector<HTMLElement>(
    'form :is([aria-invalid="true"], [data-invalid])',
  );
  // A group gets the focus on its first choice.
  const choice = invalid?.querySelector<HTMLElement>('[type="radio"], [type="checkbox"]');
  (choice ?? invalid)?.focus();
}
