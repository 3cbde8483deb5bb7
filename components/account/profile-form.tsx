"use client";

import { PasswordField } from "@/components/auth/password-field";
import { PersonNameField } from "@/components/auth/person-name-field";
import { showFailure } from "@/components/auth/show-failure";
import { useHydrated } from "@/components/auth/use-hydrated";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { changeProfileAction } from "@/lib/people/accounts/actions";
import { EMAIL_CHANGE_HOURS } from "@/lib/people/accounts/limits";
import type { ProfileInput } from "@/lib/people/accounts/schema";
import { fail } from "@/lib/platform/result";

const checkProfile = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ profileInput }) => profileInput),
);

type ProfileFormProps = {
  name: string;
  email: string;
  /** Whether a link to a new email can be mailed. */
  canMail: boolean;
};

/** Changes the name and email of whoever is signed in. */
export function ProfileForm({ name, email, canMail }: ProfileFormProps) {
  const form = useTypedForm<ProfileInput>({
    resolver: checkProfile,
    defaultValues: { name, email, currentPassword: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const hydrated = useHydrated();
  const hasNewEmail = form.watch("email").trim().toLowerCase() !== email;

  const submit = form.handleSubmit(async (input) => {
    const result = await changeProfileAction(input).catch(() => fail("no_answer", MAYBE_NOT_SAVED));
    if (!result.ok) return showFailure(form, result);
    form.reset({ name: input.name, email, currentPassword: "" });
    toast(wordsFor(result.value.mailedTo));
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <PersonNameField
        label="Name"
        error={errors.name?.message}
        register={() => form.register("name")}
      />
      <Field
        label="Email"
        hint={
          canMail
            ? "A new one is confirmed by a link."
            : "A new one is confirmed by a link, and this Postern can't send mail yet."
        }
        error={errors.email?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("email")}
            type="email"
            readOnly={!canMail}
            autoComplete="email"
          />
        )}
      </Field>
      {hasNewEmail && (
        <PasswordField
          kind="current-password"
          hint="The one you sign in with, since the new email can reset it."
          error={errors.currentPassword?.message}
          register={() => form.register("currentPassword")}
        />
      )}
      {errors.root && (
        <Notice tone="bad" role="alert">
          {errors.root.message}
        </Notice>
      )}
      <Button type="submit" pending={isSubmitting} disabled={!hydrated}>
        Save
      </Button>
    </form>
  );
}

function wordsFor(mailedTo: string | null): string {
  if (mailedTo === null) return "Your profile was saved";
  return `Open the link we mailed to ${mailedTo} within ${EMAIL_CHANGE_HOURS} hours`;
}
