"use client";

import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { inviteAction } from "@/lib/people/members/actions";
import type { Invited } from "@/lib/people/members/invite";
import type { InviteInput } from "@/lib/people/members/schema";
import { fail } from "@/lib/platform/result";
import type { InviteDialogProps } from "./invite-dialog";
import { RoleChoice } from "./role-choice";

const NO_ANSWER = "Postern did not answer. Try again: a second link replaces the first.";

const checkInvite = checkedBy(() =>
  import("@/lib/people/members/schema").then(({ inviteInput }) => inviteInput),
);

/** Asks whom to invite, and as what. */
export function InviteForm(props: InviteDialogProps & { onMade: (made: Invited) => void }) {
  const form = useTypedForm<InviteInput>({
    resolver: checkInvite,
    defaultValues: { email: "", role: "marketer" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await whenConfirmed(() => inviteAction(input)).catch(() =>
      fail("no_answer", NO_ANSWER),
    );
    if (result.ok) props.onMade(result.value);
    else showFailure(form, result);
  });

  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Field label="Email" hint="The link works only for this email." error={errors.email?.message}>
        {(control) => (
          <Input {...control} {...form.register("email")} type="email" autoComplete="off" />
        )}
      </Field>
      <div>
        <div className="mb-1.5 font-medium text-sm">Role</div>
        <RoleChoice
          value={form.watch("role")}
          onChange={(role) => form.setValue("role", role)}
          mayMakeOwners={props.mayMakeOwners}
        />
      </div>
      {errors.root && (
        <Notice tone="bad" role="alert">
          {errors.root.message}
        </Notice>
      )}
      <DialogFooter className="mt-2">
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {props.canMail ? "Send invitation" : "Create link"}
        </Button>
      </DialogFooter>
    </form>
  );
}
