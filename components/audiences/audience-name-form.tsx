"use client";

import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { AUDIENCE_NAME_MAX } from "@/lib/mail/audiences/limits";
import { fail, type Result } from "@/lib/platform/result";

const checkName = checkedBy(() =>
  import("@/lib/mail/audiences/schema").then(({ audienceInput }) =>
    audienceInput.pick({ name: true }),
  ),
);

type AudienceNameFormProps = {
  name: string;
  /** The button's label. */
  verb: string;
  save: (name: string) => Promise<Result<unknown, string>>;
  onSaved: (name: string) => void;
};

/** Gives an audience a name. */
export function AudienceNameForm({ name, verb, save, onSaved }: AudienceNameFormProps) {
  const form = useTypedForm<{ name: string }>({
    resolver: checkName,
    defaultValues: { name },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await save(input.name).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) onSaved(input.name);
    else showFailure(form, result);
  });

  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("name")}
            maxLength={AUDIENCE_NAME_MAX}
            autoComplete="off"
          />
        )}
      </Field>
      <DialogEnd problem={errors.root?.message} inGrid>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {verb}
        </Button>
      </DialogEnd>
    </form>
  );
}
