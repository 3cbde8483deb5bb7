"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Controller, useForm, useWatch } from "react-hook-form";
import { createCampaignAction, editCampaignAction } from "@/app/(console)/campaigns/actions";
import { showFailure } from "@/components/auth/show-failure";
import { MessageFields, type MessageParts } from "@/components/messages/message-fields";
import { MessagePreview } from "@/components/messages/message-preview";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import {
  CAMPAIGN_NAME_MAX,
  type CampaignDraftInput,
  campaignDraftInput,
  SENDER_MAX,
} from "@/lib/mail/campaigns/schema";
import { fail } from "@/lib/platform/result";
import { campaignsList, campaignUrl } from "./campaigns-url";
import { TemplateField } from "./template-field";

const NO_ANSWER = "Postern did not answer, so it is unclear whether this was saved. Try again.";

type Choice = { id: string; name: string };

type CampaignFormProps = {
  start: CampaignDraftInput;
  /** The draft that is changed, as it is now; a new one where it is missing. */
  edited?: { id: string; updatedAt: string };
  audiences: readonly Choice[];
  templates: readonly Choice[];
  /** Where a test goes. */
  memberEmail: string;
};

/** Writes a campaign, with the message beside it as one of its recipients would get it. Sends nothing. */
export function CampaignForm(props: CampaignFormProps) {
  const { start, edited, audiences, templates, memberEmail } = props;
  const router = useRouter();
  const form = useForm<CampaignDraftInput>({
    resolver: zodResolver(campaignDraftInput),
    defaultValues: start,
  });
  const { errors, isSubmitting } = form.formState;
  const [subject, html, text, audienceId, from, replyTo] = useWatch({
    control: form.control,
    name: ["subject", "html", "text", "audienceId", "from", "replyTo"],
  });

  const submit = form.handleSubmit(async (input) => {
    const saving = edited
      ? editCampaignAction({ ...input, ...edited })
      : createCampaignAction(input);
    const result = await saving.catch(() => fail("no_answer", NO_ANSWER));
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
              maxLength={CAMPAIGN_NAME_MAX}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Audience" error={errors.audienceId && "Choose who gets it."}>
          {(control) => (
            <Controller
              control={form.control}
              name="audienceId"
              render={({ field }) => (
                <Select
                  {...control}
                  placeholder="Who gets it"
                  options={audiences.map(({ id, name }) => ({ value: id, label: name }))}
                  ref={field.ref}
                  value={field.value}
                  onValueChange={field.onChange}
                />
              )}
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
            {edited ? "Save draft" : "Create draft"}
          </Button>
          <Button asChild size="lg">
            <Link
              href={
                edited
                  ? campaignUrl(edited.id)
                  : campaignsList.url({ environment: start.environment })
              }
            >
              Cancel
            </Link>
          </Button>
        </div>
      </div>
      <div className="min-w-0 lg:sticky lg:top-6">
        <MessagePreview
          message={{ subject, html, text }}
          environment={start.environment}
          sentBy="campaign"
          audienceId={audienceId}
          test={{ from, replyTo, to: memberEmail }}
        />
      </div>
    </form>
  );
}
