"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type SignUpInput, signUpInput, WORKSPACE_NAME_MAX_LENGTH } from "@/lib/accounts/schema";
import { PASSWORD_MIN_LENGTH, PERSON_NAME_MAX_LENGTH } from "@/lib/auth/schema";
import { fail, type Result } from "@/lib/result";
import { AuthForm } from "./auth-form";
import { NO_ANSWER } from "./auth-requests";
import { PasswordInput } from "./password-input";
import { showFailure } from "./show-failure";

type SignUpFormProps = {
  signUp: (input: SignUpInput) => Promise<Result<{ path: string }, string>>;
};

/** Creates a workspace and its owner, who is then signed in. */
export function SignUpForm({ signUp }: SignUpFormProps) {
  const form = useForm<SignUpInput>({
    resolver: zodResolver(signUpInput),
    defaultValues: { workspaceName: "", name: "", email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await signUp(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) window.location.assign(result.value.path);
    else showFailure(form, result);
  });

  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel="Create workspace"
    >
      <Field
        label="Workspace name"
        hint="Usually your company. Colleagues see it."
        error={errors.workspaceName?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("workspaceName")}
            maxLength={WORKSPACE_NAME_MAX_LENGTH}
            autoComplete="organization"
          />
        )}
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("name")}
            maxLength={PERSON_NAME_MAX_LENGTH}
            autoComplete="name"
          />
        )}
      </Field>
      <Field label="Email" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="username" />
        )}
      </Field>
      <Field
        label="Password"
        hint={`At least ${PASSWORD_MIN_LENGTH} characters.`}
        error={errors.password?.message}
      >
        {(control) => (
          <PasswordInput {...control} {...form.register("password")} autoComplete="new-password" />
        )}
      </Field>
    </AuthForm>
  );
}
