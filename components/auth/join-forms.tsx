"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { joinAsNewcomerAction, joinWithAccountAction } from "@/lib/people/members/actions";
import type { JoinAsNewcomerInput, JoinWithAccountInput } from "@/lib/people/members/schema";
import { AuthForm } from "./auth-form";
import { enter } from "./enter";
import { PasswordField } from "./password-field";
import { PersonNameField } from "./person-name-field";

const checkJoinAsNewcomer = checkedBy(() =>
  import("@/lib/people/members/schema").then(({ joinAsNewcomerInput }) => joinAsNewcomerInput),
);
const checkJoinWithAccount = checkedBy(() =>
  import("@/lib/people/members/schema").then(({ joinWithAccountInput }) => joinWithAccountInput),
);

type JoinFormProps = { token: string; email: string; submitLabel: string };

/** Makes an account for the invited email and joins with it. */
export function JoinAsNewcomerForm(props: JoinFormProps) {
  const form = useTypedForm<JoinAsNewcomerInput>({
    resolver: checkJoinAsNewcomer,
    defaultValues: { token: props.token, name: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  return (
    <AuthForm
      onSubmit={form.handleSubmit((input) => enter(form, joinAsNewcomerAction, input))}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel={props.submitLabel}
    >
      <InvitedEmail email={props.email} />
      <PersonNameField
        label="Your name"
        error={errors.name?.message}
        register={() => form.register("name")}
      />
      <PasswordField
        kind="new-password"
        error={errors.password?.message}
        register={() => form.register("password")}
      />
    </AuthForm>
  );
}

/** Joins with the existing account of the invited email, confirmed by its password. */
export function JoinWithAccountForm(props: JoinFormProps) {
  const form = useTypedForm<JoinWithAccountInput>({
    resolver: checkJoinWithAccount,
    defaultValues: { token: props.token, password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  return (
    <AuthForm
      onSubmit={form.handleSubmit((input) => enter(form, joinWithAccountAction, input))}
      error={errors.root?.message}
      pending={isSubmitting || isSubmitSuccessful}
      submitLabel={props.submitLabel}
    >
      <InvitedEmail email={props.email} />
      <PasswordField
        kind="current-password"
        hint="You already have an account with this email. Enter its password to confirm."
        error={errors.password?.message}
        register={() => form.register("password")}
      />
    </AuthForm>
  );
}

function InvitedEmail({ email }: { email: string }) {
  return (
    <Field label="Email" hint="The email this invitation is for.">
      {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
    </Field>
  );
}
