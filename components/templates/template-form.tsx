"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { showFailure } from "@/components/auth/show-failure";
import { MessageFields } from "@/components/messages/message-fields";
import { MessageForm, TeamNameField } from "@/components/messages/message-form";
import { MessagePreview } from "@/components/messages/message-preview";
import { checkedBy } from "@/components/ui/checked-by";
import { sendForm, useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { toast } from "@/components/ui/toast";
import { UnsavedForm } from "@/components/ui/unsaved-form";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { createTemplateAction, editTemplateAction } from "@/lib/mail/templates/actions";
import { TEMPLATE_NAME_MAX } from "@/lib/mail/templates/limits";
import type { NewTemplateInput } from "@/lib/mail/templates/schema";
import { fail } from "@/lib/platform/result";
import { templatesList } from "./templates-url";

const checkNewTemplate = checkedBy(() =>
  import("@/lib/mail/templates/schema").then(({ newTemplateInput }) => newTemplateInput),
);

type TemplateFormProps = {
  start: NewTemplateInput;
  /** The template that is changed, as it is now; a new one where it is missing. */
  edited?: { id: string; updatedAt: string };
  /** The member who writes it. */
  memberId: string;
};

/** Writes a template, with the message beside it as a contact would get it. */
export function TemplateForm(props: TemplateFormProps) {
  const draft = useDraft<NewTemplateInput>(draftPlace(props));
  if (!draft) return <TemplateFields {...props} began="saved" />;
  return (
    <>
      <DraftNotice />
      <TemplateFields
        key="draft"
        {...props}
        start={{ ...props.start, ...draft }}
        began="restored"
      />
    </>
  );
}

function draftPlace({ edited, start, memberId }: TemplateFormProps) {
  return { form: edited?.id ?? `new-template-${start.environment}`, by: memberId };
}

function TemplateFields(props: TemplateFormProps & { began: "saved" | "restored" }) {
  const { start, edited, began } = props;
  const [restored, setRestored] = useState(began === "restored");
  const router = useRouter();
  const form = useTypedForm<NewTemplateInput>({
    resolver: checkNewTemplate,
    defaultValues: start,
  });
  const { errors, isSubmitting } = form.formState;
  const [subject, html, text] = useWatch({
    control: form.control,
    name: ["subject", "html", "text"],
  });

  const submit = form.handleSubmit(async (input) => {
    const save = async () =>
      edited
        ? await editTemplateAction({ ...input, ...edited })
        : await createTemplateAction(input);
    const result = (await sendForm(save)) ?? fail("no_answer", MAYBE_NOT_SAVED);
    if (!result.ok) return showFailure(form, result);
    setRestored(false);
    form.reset(input);
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
      <UnsavedForm form={form} place={draftPlace(props)} restored={restored} saved={false} />
    </MessageForm>
  );
}
