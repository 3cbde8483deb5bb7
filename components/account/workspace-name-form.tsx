"use client";

import { showFailure } from "@/components/auth/show-failure";
import { useHydrated } from "@/components/auth/use-hydrated";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { toast } from "@/components/ui/toast";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { WORKSPACE_NAME_MAX_LENGTH } from "@/lib/people/accounts/limits";
import { renameWorkspaceAction } from "@/lib/people/members/actions";
import type { RenameWorkspaceInput } from "@/lib/people/members/schema";
import { fail } from "@/lib/platform/result";

const checkRenameWorkspace = checkedBy(() =>
  import("@/lib/people/members/schema").then(({ renameWorkspaceInput }) => renameWorkspaceInput),
);

/** Gives the open workspace another name. */
export function WorkspaceNameForm({ name }: { name: string }) {
  const form = useTypedForm<RenameWorkspaceInput>({
    resolver: checkRenameWorkspace,
    defaultValues: { workspaceName: name },
  });
  const { errors, isSubmitting } = form.formState;
  const hydrated = useHydrated();

  const submit = form.handleSubmit(async (input) => {
    const result = await renameWorkspaceAction(input).catch(() =>
      fail("no_answer", MAYBE_NOT_SAVED),
    );
    if (!result.ok) return showFailure(form, result);
    toast(`The workspace is called ${input.workspaceName} now`);
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field
        label="Workspace name"
        hint="Colleagues see it, and it stands in invitations."
        error={errors.workspaceName?.message ?? errors.root?.message}
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
      <Button type="submit" pending={isSubmitting} disabled={!hydrated}>
        Rename
      </Button>
    </form>
  );
}
