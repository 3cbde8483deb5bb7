"use client";

import { CodeField } from "@/components/auth/code-field";
import { PasskeyButton } from "@/components/auth/passkey-button";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { NOTHING } from "@/lib/people/auth/limits";
import type { FactorKinds } from "@/lib/people/auth/second-factor";
import {
  askOwnPasskeyAction,
  confirmByCodeAction,
  confirmByPasskeyAction,
} from "@/lib/people/second-factor/actions";
import type { CodeInput } from "@/lib/people/second-factor/schema";
import { fail } from "@/lib/platform/result";

const checkCode = checkedBy(() =>
  import("@/lib/people/second-factor/schema").then(({ codeInput }) => codeInput),
);

type IdentityDialogProps = { kinds: FactorKinds; onEnd: (isConfirmed: boolean) => void };

/** The dialog that asks for the second factor, of one of these kinds. */
export function IdentityDialog({ kinds, onEnd }: IdentityDialogProps) {
  return (
    <Dialog open onOpenChange={() => onEnd(false)}>
      <DialogContent
        title="Confirm that it's you"
        description="This needs your second factor. You are not asked again for ten minutes."
      >
        {kinds.passkey && (
          <div className="mb-4">
            <PasskeyButton
              ask={() => askOwnPasskeyAction(NOTHING)}
              answer={confirmByPasskeyAction}
              onDone={() => onEnd(true)}
            />
          </div>
        )}
        <CodeForm hasApp={kinds.app} onDone={() => onEnd(true)} />
      </DialogContent>
    </Dialog>
  );
}

function CodeForm({ hasApp, onDone }: { hasApp: boolean; onDone: () => void }) {
  const form = useTypedForm<CodeInput>({
    resolver: checkCode,
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
