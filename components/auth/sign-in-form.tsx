"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type SignInInput, signInInput } from "@/lib/people/auth/schema";
import { AuthForm } from "./auth-form";
import { NO_ANSWER, requestSignIn } from "./auth-requests";
import { PasswordField } from "./password-field";

/** Signs in and goes to `next`, which the server has found to be a page of this app. */
export function SignInForm({ next }: { next: string }) {
  const form = useForm<SignInInput>({
    resolver: zodResolver(signInInput),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const answer = await requestSignIn(input).catch(
      () => ({ ok: false, message: NO_ANSWER }) as const,
    );
    if (answer.ok) window.location.assign(next);
    else form.setError("root", { message: answer.message });
  });

  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
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
