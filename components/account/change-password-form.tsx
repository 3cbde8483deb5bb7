"use client";

import { PasswordField } from "@/components/auth/password-field";
import { showFailure } from "@/components/auth/show-failure";
import { useHydrated } from "@/components/auth/use-hydrated";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { changePasswordAction } from "@/lib/people/accounts/actions";
import type { ChangePasswordInput } from "@/lib/people/accounts/schema";
import { fail } from "@/lib/platform/result";

const checkChangePassword = checkedBy(() =>
  import("@/lib/people/accounts/schema").then(({ changePasswordInput }) => changePasswordInput),
);

const NO_ANSWER = "Postern did not answer. Sign in to see whether your password was changed.";

/** Changes the password of whoever is signed in, and signs their other browsers out. */
export function ChangePasswordForm({ email }: { email: string }) {
  const form = useTypedForm<ChangePasswordInput>({
    resolver: checkChangePassword,
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const hydrated = useHydrated();

  const submit = form.handleSubmit(async (input) => {
    const result = await changePasswordAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (!result.ok) return showFailure(form, result);
    form.reset();
    toast("Your password was changed. Your other browsers are signed out.");
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid max-w-96 gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        kind="current-password"
        label="Current password"
        error={errors.currentPassword?.message}
        register={() => form.register("currentPassword")}
      />
      <PasswordField
        kind="new-password"
        label="New password"
        error={errors.newPassword?.message}
        register={() => form.register("newPassword")}
      />
      {errors.root && (
        <Notice tone="bad" role="alert">
          {errors.root.message}
        </Notice>
      )}
      <div>
        <Button type="submit" variant="primary" pending={isSubmitting} disabled={!hydrated}>
          Change password
        </Button>
      </div>
    </form>
  );
}
