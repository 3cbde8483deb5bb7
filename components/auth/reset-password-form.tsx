"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { resetPasswordAction } from "@/lib/people/accounts/actions";
import type { ResetPasswordInput } from "@/lib/people/accounts/schema";
import { fail } from "@/lib/platform/result";
import { AuthForm } from "./auth-form";
import { NO_ANSWER } from "./auth-requests";
import { PasswordField } from "./password-field";
import { showFailure } from "./show-failure";

const checkResetPassword = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ resetPasswordInput }) => resetPasswordInput),
);

/** Sets a new password by the token of a link, and leads to the sign-in page. */
export function ResetPasswordForm({ token, email }: { token: string; email: string }) {
  const form = useTypedForm<ResetPasswordInput>({
    resolver: checkResetPassword,
    defaultValues: { token, newPassword: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  async function send(input: ResetPasswordInput) {
    const result = await resetPasswordAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) window.location.assign("/login?password=set");
    else showFailure(form, result);
  }

  return (
    <AuthForm
      onSubmit={form.handleSubmit(send)}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel="Set password"
    >
      <Field label="Email">
        {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
      </Field>
      <PasswordField
        kind="new-password"
        label="New password"
        error={errors.newPassword?.message}
        register={() => form.register("newPassword")}
      />
    </AuthForm>
  );
}
