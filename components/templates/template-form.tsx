"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm, useWatch } from "react-hook-form";
import { showFailure } from "@/components/auth/show-failure";
import { MessageFields } from "@/components/messages/message-fields";
import { MessageForm, TeamNameField } from "@/components/messages/message-form";
import { MessagePreview } from "@/components/messages/message-preview";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { toast } from "@/components/ui/toast";
import { createTemplateAction, editTemplateAction } from "@/lib/mail/templates/actions";
import {
  type NewTemplateInput,
  newTemplateInput,
  TEMPLATE_NAME_MAX,
} from "@/lib/mail/templates/schema";
import { fail } from "@/lib/platform/result";
import { templatesList } from "./templates-url";

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
    const result = await saving.catch(() => fail("no_answer", MAYBE_NOT_SAVED));
    if (!result.ok) return showFailure(form, result);
    toast(edited ? `${input.name} saved` : `${input.name} created`);
    if (!edited && result.value) router.replace(`/templates/${result.value.id}`);
  });

  return (
    <MessageForm
      onSubmit={(event) => void submit(event)}
      error={errors.root?.message}
      pending={isSubmitting}
      submitLabel={edited ? "Save template" : "Create template"}
      cancelHref={templatesList.url({ environment: start.environment })}
      preview={
        <MessagePreview
          message={{ subject, html, text }}
          environment={start.environment}
          sentBy="key"
          audienceId=""
        />
      }
    >
      <TeamNameField
        register={() => form.register("name")}
        maxLength={TEMPLATE_NAME_MAX}
        error={errors.name?.message}
      />
      <MessageFields register={form.register} errors={errors} />
    </MessageForm>
  );
}
