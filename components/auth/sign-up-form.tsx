"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { signUpAction } from "@/lib/people/accounts/actions";
import { WORKSPACE_NAME_MAX_LENGTH } from "@/lib/people/accounts/limits";
import type { SignUpInput } from "@/lib/people/accounts/schema";
import { AuthForm } from "./auth-form";
import { enter } from "./enter";
import { PasswordField } from "./password-field";
import { PersonNameField } from "./person-name-field";

const checkSignUp = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ signUpInput }) => signUpInput),
);

/** Creates a workspace and its owner, who is then signed in. */
export function SignUpForm() {
  const form = useTypedForm<SignUpInput>({
    resolver: checkSignUp,
    defaultValues: { workspaceName: "", name: "", email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  return (
    <AuthForm
      onSubmit={form.handleSubmit((input) => enter(form, signUpAction, input))}
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
      <PersonNameField
        label="Your name"
        error={errors.name?.message}
        register={() => form.register("name")}
      />
      <Field label="Email" error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="username" />
        )}
      </Field>
      <PasswordField
        kind="new-password"
        error={errors.password?.message}
        register={() => form.register("password")}
      />
    </AuthForm>
  );
}
