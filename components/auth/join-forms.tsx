"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type FieldValues, type UseFormReturn, useForm } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PASSWORD_MIN_LENGTH, PERSON_NAME_MAX_LENGTH } from "@/lib/auth/schema";
import {
  type JoinAsNewcomerInput,
  type JoinWithAccountInput,
  joinAsNewcomerInput,
  joinWithAccountInput,
} from "@/lib/members/schema";
import { fail, type Result } from "@/lib/result";
import { AuthForm } from "./auth-form";
import { NO_ANSWER } from "./auth-requests";
import { PasswordInput } from "./password-input";
import { showFailure } from "./show-failure";

type Join<Input> = (input: Input) => Promise<Result<{ path: string }, string>>;

type JoinFormProps<Input> = {
  token: string;
  email: string;
  submitLabel: string;
  join: Join<Input>;
};

/** Makes an account for the invited e-mail, and joins with it. */
export function JoinAsNewcomerForm(props: JoinFormProps<JoinAsNewcomerInput>) {
  const form = useForm<JoinAsNewcomerInput>({
    resolver: zodResolver(joinAsNewcomerInput),
    defaultValues: { token: props.token, name: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  return (
    <AuthForm
      onSubmit={form.handleSubmit((input) => enter(form, props.join, input))}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel={props.submitLabel}
    >
      <InvitedEmail email={props.email} />
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

/** Joins with the account that the invited e-mail has, confirmed by its password. */
export function JoinWithAccountForm(props: JoinFormProps<JoinWithAccountInput>) {
  const form = useForm<JoinWithAccountInput>({
    resolver: zodResolver(joinWithAccountInput),
    defaultValues: { token: props.token, password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  return (
    <AuthForm
      onSubmit={form.handleSubmit((input) => enter(form, props.join, input))}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel={props.submitLabel}
    >
      <InvitedEmail email={props.email} />
      <Field
        label="Password"
        hint="You have an account with this email. Confirm that it is you."
        error={errors.password?.message}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="current-password"
          />
        )}
      </Field>
    </AuthForm>
  );
}

function InvitedEmail({ email }: { email: string }) {
  return (
    <Field label="Email" hint="The one the invitation was made for.">
      {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
    </Field>
  );
}

async function enter<Input extends FieldValues>(
  form: UseFormReturn<Input, unknown, Input>,
  join: Join<Input>,
  input: Input,
): Promise<void> {
  const result = await join(input).catch(() => fail("no_answer", NO_ANSWER));
  if (result.ok) window.location.assign(result.value.path);
  else showFailure(form, result);
}
