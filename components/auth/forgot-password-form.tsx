"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { forgotPasswordAction } from "@/lib/people/accounts/actions";
import { RESET_MINUTES } from "@/lib/people/accounts/limits";
import type { ForgotPasswordInput } from "@/lib/people/accounts/schema";
import { fail } from "@/lib/platform/result";
import { AuthForm } from "./auth-form";
import { NO_ANSWER } from "./auth-requests";
import { showFailure } from "./show-failure";

const checkForgotPassword = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ forgotPasswordInput }) => forgotPasswordInput),
);

/** Asks for a link to a new password. Says the same whether or not the email has an account. */
export function ForgotPasswordForm() {
  const form = useTypedForm<ForgotPasswordInput>({
    resolver: checkForgotPassword,
    defaultValues: { email: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  async function send(input: ForgotPasswordInput) {
    const result = await forgotPasswordAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (!result.ok) showFailure(form, result);
  }

  if (isSubmitSuccessful) {
    return (
      <Notice tone="ok" role="status">
        If <bdi className="font-medium">{form.getValues("email")}</bdi> has an account, a link is on
        its way. It works once, for {RESET_MINUTES} minutes. Nothing there? Look into the spam
        folder.
      </Notice>
    );
  }
  return (
    <AuthForm
      onSubmit={form.handleSubmit(send)}
      error={errors.root?.message}
      pending={isSubmitting}
      submitLabel="Send the link"
    >
      <Field label="Email" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="username" />
        )}
      </Field>
    </AuthForm>
  );
}
