"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { confirmEmailAction } from "@/lib/people/accounts/actions";
import type { ConfirmEmailInput } from "@/lib/people/accounts/schema";
import { fail } from "@/lib/platform/result";
import { AuthForm } from "./auth-form";
import { NO_ANSWER } from "./auth-requests";
import { showFailure } from "./show-failure";

const checkConfirmEmail = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ confirmEmailInput }) => confirmEmailInput),
);

/** Gives the account its new email by a press, which programs that only look at a link do not make. */
export function ConfirmEmailForm({ token, email }: { token: string; email: string }) {
  const form = useTypedForm<ConfirmEmailInput>({
    resolver: checkConfirmEmail,
    defaultValues: { token },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  async function send(input: ConfirmEmailInput) {
    const result = await confirmEmailAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) window.location.assign("/login");
    else showFailure(form, fail(result.code, result.message));
  }

  return (
    <AuthForm
      onSubmit={form.handleSubmit(send)}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel="Use this email"
    >
      <Field label="New email">
        {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
      </Field>
    </AuthForm>
  );
}
