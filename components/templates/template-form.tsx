"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useForm, useWatch } from "react-hook-form";
import { createTemplateAction, editTemplateAction } from "@/app/(console)/templates/actions";
import { showFailure } from "@/components/auth/show-failure";
import { MessageFields } from "@/components/messages/message-fields";
import { MessagePreview } from "@/components/messages/message-preview";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import {
  type NewTemplateInput,
  newTemplateInput,
  TEMPLATE_NAME_MAX,
} from "@/lib/mail/templates/schema";
import { fail } from "@/lib/platform/result";
import { templatesList } from "./templates-url";

const NO_ANSWER = "Postern did not answer, so it is unclear whether this was saved. Try again.";

type TemplateFormProps = {
  start: NewTemplateInput;
  /** The template that is changed, as it is now; a new one where it is missing. */
  edited?: { id: string; updatedAt: string };
};

/** Writes a template, with the message beside it as a contact would get it. */
export function TemplateForm({ start, edited }: TemplateFormProps) {
  const router = useRouter();
  const form = useForm<NewTemplateInput>({
    resolver: zodResolver(newTemplateInput),
    defaultValues: start,
  });
  const { errors, isSubmitting } = form.formState;
  const [subject, html, text] = useWatch({
    control: form.control,
    name: ["subject", "html", "text"],
  });

  const submit = form.handleSubmit(async (input) => {
    const saving = edited
      ? editTemplateAction({ ...input, ...edited })
      : createTemplateAction(input);
    const result = await saving.catch(() => fail("no_answer", NO_ANSWER));
    if (!result.ok) return showFailure(form, result);
    toast(edited ? `${input.name} saved` : `${input.name} created`);
    if (!edited && result.value) router.replace(`/templates/${result.value.id}`);
  });

  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-6 lg:grid-cols-2"
    >
      <div className="grid min-w-0 gap-5">
        <Field
          label="Name"
          hint="For your team. Recipients never see it."
          error={errors.name?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("name")}
              maxLength={TEMPLATE_NAME_MAX}
              autoComplete="off"
            />
          )}
        </Field>
        <MessageFields register={form.register} errors={errors} />
        {errors.root && (
          <Notice tone="bad" role="alert">
            {errors.root.message}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={isSubmitting}
            className="max-md:flex-1"
          >
            {edited ? "Save template" : "Create template"}
          </Button>
          <Button asChild size="lg">
            <Link href={templatesList.url({ environment: start.environment })}>Cancel</Link>
          </Button>
        </div>
      </div>
      <div className="min-w-0 lg:sticky lg:top-6">
        <MessagePreview
          message={{ subject, html, text }}
          environment={start.environment}
          sentBy="key"
          audienceId=""
        />
      </div>
    </form>
  );
}
