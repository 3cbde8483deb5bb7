"use client";

import { useRouter } from "next/navigation";
import { useWatch } from "react-hook-form";
import { showFailure } from "@/components/auth/show-failure";
import { MessageFields, type MessageParts } from "@/components/messages/message-fields";
import { MessageForm, TeamNameField } from "@/components/messages/message-form";
import { MessagePreview } from "@/components/messages/message-preview";
import { checkedBy } from "@/components/ui/checked-by";
import { sendForm, useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { Select } from "@/components/ui/select";
import { UnsavedForm } from "@/components/ui/unsaved-form";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { createCampaignAction, editCampaignAction } from "@/lib/mail/campaigns/actions";
import { CAMPAIGN_NAME_MAX, SENDER_MAX } from "@/lib/mail/campaigns/limits";
import type { CampaignDraftInput } from "@/lib/mail/campaigns/schema";
import { fail } from "@/lib/platform/result";
import { campaignsList, campaignUrl } from "./campaigns-url";
import { TemplateField } from "./template-field";

const checkCampaignDraft = checkedBy(() =>
  import("@/lib/mail/campaigns/schema").then(({ campaignDraftInput }) => campaignDraftInput),
);

type Choice = { id: string; name: string };

type CampaignFormProps = {
  start: CampaignDraftInput;
  /** The draft that is changed, as it is now; a new one where it is missing. */
  edited?: { id: string; updatedAt: string };
  audiences: readonly Choice[];
  templates: readonly Choice[];
  /** The member who writes it. */
  memberId: string;
  /** Where a test goes. */
  memberEmail: string;
};

/** Writes a campaign, with the message beside it as one of its recipients would get it. Sends nothing. */
export function CampaignForm(props: CampaignFormProps) {
  const draft = useDraft<CampaignDraftInput>(draftPlace(props));
  if (!draft) return <CampaignFields {...props} restored={false} />;
  return (
    <>
      <DraftNotice />
      <CampaignFields key="draft" {...props} start={{ ...props.start, ...draft }} restored />
    </>
  );
}

function draftPlace({ edited, start, memberId }: CampaignFormProps) {
  return { form: edited?.id ?? `new-campaign-${start.environment}`, by: memberId };
}

function CampaignFields(props: CampaignFormProps & { restored: boolean }) {
  const { start, edited, audiences, templates, memberEmail, restored } = props;
  const router = useRouter();
  const form = useTypedForm<CampaignDraftInput>({
    resolver: checkCampaignDraft,
    defaultValues: start,
  });
  const { errors, isSubmitting, isSubmitted } = form.formState;
  const [subject, html, text, audienceId, from, replyTo] = useWatch({
    control: form.control,
    name: ["subject", "html", "text", "audienceId", "from", "replyTo"],
  });

  const submit = form.handleSubmit(async (input) => {
    const save = async () =>
      edited
        ? await editCampaignAction({ ...input, ...edited })
        : await createCampaignAction(input);
    const result = (await sendForm(save)) ?? fail("no_answer", MAYBE_NOT_SAVED);
    if (!result.ok) return showFailure(form, result);
    router.replace(campaignUrl(edited?.id ?? result.value?.id ?? ""));
  });

  function replaceMessage(message: MessageParts) {
    for (const part of ["subject", "html", "text"] as const) {
      form.setValue(part, message[part], { shouldDirty: true });
    }
    form.clearErrors(["subject", "html", "text"]);
  }

  return (
    <MessageForm
      onSubmit={(event) => void submit(event)}
      error={errors.root?.message}
      pending={isSubmitting}
      submitLabel={edited ? "Save draft" : "Create draft"}
      cancelHref={
        edited ? campaignUrl(edited.id) : campaignsList.url({ environment: start.environment })
      }
      preview={
        <MessagePreview
          message={{ subject, html, text }}
          environment={start.environment}
          sentBy="campaign"
          audienceId={audienceId}
          test={{ from, replyTo, to: memberEmail }}
        />
      }
    >
      <TeamNameField
        register={() => form.register("name")}
        maxLength={CAMPAIGN_NAME_MAX}
        error={errors.name?.message}
      />
      <Field label="Audience" error={errors.audienceId && "Choose who gets it."}>
        {(control) => (
          <Select
            {...control}
            placeholder="Who gets it"
            options={audiences.map(({ id, name }) => ({ value: id, label: name }))}
            ref={form.register("audienceId").ref}
            value={audienceId}
            onValueChange={(id) =>
              form.setValue("audienceId", id, { shouldDirty: true, shouldValidate: isSubmitted })
            }
          />
        )}
      </Field>
      <Field label="From" hint="As recipients see it." error={errors.from?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("from")}
            maxLength={SENDER_MAX}
            placeholder="Acme <hello@acme.com>"
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label="Reply to"
        optional
        hint="Where replies go, if not to the sender."
        error={errors.replyTo?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...form.register("replyTo")}
            placeholder="help@acme.com"
            autoComplete="off"
          />
        )}
      </Field>
      {templates.length > 0 && (
        <TemplateField
          templates={templates}
          message={{ subject, html, text }}
          onFill={replaceMessage}
        />
      )}
      <MessageFields register={form.register} errors={errors} />
      <UnsavedForm form={form} place={draftPlace(props)} restored={restored} />
    </MessageForm>
  );
}
