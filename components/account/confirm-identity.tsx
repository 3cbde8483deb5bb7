"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, useState } from "react";
import { CodeField } from "@/components/auth/code-field";
import { PasskeyButton } from "@/components/auth/passkey-button";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { askBy } from "@/components/ui/when-confirmed";
import { NOTHING } from "@/lib/people/auth/schema";
import type { FactorKinds } from "@/lib/people/auth/second-factor";
import {
  askOwnPasskeyAction,
  confirmByCodeAction,
  confirmByPasskeyAction,
  ownFactorKindsAction,
} from "@/lib/people/second-factor/actions";
import { type CodeInput, codeInput } from "@/lib/people/second-factor/schema";
import { fail } from "@/lib/platform/result";

/** Asks for the second factor before what can't be undone. Every page of the console has one, which waits. */
export function ConfirmIdentity() {
  const [kinds, setKinds] = useState<FactorKinds | null>(null);
  const settle = useRef((_: boolean) => {});

  useEffect(
    () =>
      askBy(async () => {
        const found = await ownFactorKindsAction(NOTHING);
        if (!found.ok) return false;
        setKinds(found.value);
        return await new Promise<boolean>((resolve) => {
          settle.current = resolve;
        });
      }),
    [],
  );

  function end(isConfirmed: boolean) {
    setKinds(null);
    settle.current(isConfirmed);
  }

  return (
    <Dialog open={kinds !== null} onOpenChange={() => end(false)}>
      <DialogContent
        title="Confirm that it's you"
        description="This needs your second factor. You are not asked again for ten minutes."
      >
        {kinds?.passkey && (
          <div className="mb-4">
            <PasskeyButton
              ask={() => askOwnPasskeyAction(NOTHING)}
              answer={confirmByPasskeyAction}
              onDone={() => end(true)}
            />
          </div>
        )}
        {kinds && <CodeForm hasApp={kinds.app} onDone={() => end(true)} />}
      </DialogContent>
    </Dialog>
  );
}

function CodeForm({ hasApp, onDone }: { hasApp: boolean; onDone: () => void }) {
  const form = useTypedForm<CodeInput>({
    resolver: zodResolver(codeInput),
    defaultValues: { code: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await confirmByCodeAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) onDone();
    else showFailure(form, result);
  });

  return (
    <form
      noValidate
      onSubmit={(event) => {
        // React carries the event on to the form that the dialog was opened from.
        event.stopPropagation();
        void submit(event);
      }}
      className="grid gap-4"
    >
      <CodeField
        hasApp={hasApp}
        error={errors.code?.message}
        register={() => form.register("code")}
      />
      <DialogEnd problem={errors.root?.message} inGrid>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          Confirm
        </Button>
      </DialogEnd>
    </form>
  );
}
