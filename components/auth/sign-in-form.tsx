"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useTypedForm } from "@/components/ui/use-typed-form";
import type { SignInInput } from "@/lib/people/auth/schema";
import { AuthForm } from "./auth-form";
import { NO_ANSWER, requestSignIn, type WaitingSignIn } from "./auth-requests";
import { PasswordField } from "./password-field";

const checkSignIn = checkedBy(() =>
  import("@/lib/people/auth/schema").then(({ signInInput }) => signInInput),
);

type SignInFormProps = {
  /** Why the password is asked for again. */
  problem: string | undefined;
  onEntered: () => void;
  /** The password was right, and the second factor is still to come. */
  onWaiting: (waiting: WaitingSignIn) => void;
};

/** Email and password. */
export function SignInForm({ problem, onEntered, onWaiting }: SignInFormProps) {
  const form = useTypedForm<SignInInput>({
    resolver: checkSignIn,
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful, isSubmitted } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const answer = await requestSignIn(input).catch(
      () => ({ ok: false, message: NO_ANSWER }) as const,
    );
    if (!answer.ok) form.setError("root", { message: answer.message });
    else if (answer.waiting) onWaiting(answer.waiting);
    else onEntered();
  });

  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message ?? (isSubmitted ? undefined : problem)}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel="Sign in"
    >
      <Field label="Email" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="username" />
        )}
      </Field>
      <PasswordField
        kind="current-password"
        error={errors.password?.message}
        register={() => form.register("password")}
      />
    </AuthForm>
  );
}
