"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { MAYBE_NOT_SAVED } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { whenConfirmed } from "@/components/ui/when-confirmed";
import { createWebhookAction, editWebhookAction } from "@/lib/access/webhooks/actions";
import { WEBHOOK_NAME_MAX, WEBHOOK_URL_MAX } from "@/lib/access/webhooks/webhook/limits";
import type { CreateWebhookInput } from "@/lib/access/webhooks/webhook/schema";
import { fail, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";
import { EventFields } from "./event-fields";
import { SigningSecretDialog } from "./signing-secret-dialog";
import { webhooksList, webhookUrl } from "./webhooks-url";

const checkWebhook = checkedBy(() =>
  import("@/lib/access/webhooks/webhook/schema").then(
    ({ createWebhookInput }) => createWebhookInput,
  ),
);

type WebhookFormProps = {
  environment: Environment;
  start: CreateWebhookInput;
  /** The webhook that is changed, as it is now; a new one where it is missing. */
  edited?: { id: string; updatedAt: string };
};

type Made = { id: string; secret: string };

/** Adds a webhook, or changes one. A new one shows its signing secret, once. */
export function WebhookForm({ environment, start, edited }: WebhookFormProps) {
  const router = useRouter();
  const [made, setMade] = useState<Made>();
  const form = useTypedForm<CreateWebhookInput>({ resolver: checkWebhook, defaultValues: start });
  const { errors, isSubmitting, isSubmitted } = form.formState;
  const events = useWatch({ control: form.control, name: "events" });

  const submit = form.handleSubmit(async (input) => {
    const send = async (): Promise<Result<Made | null, string>> =>
      edited
        ? await editWebhookAction({ ...input, ...edited })
        : await createWebhookAction({ ...input, environment });
    const result = await whenConfirmed(send).catch(() => fail("no_answer", MAYBE_NOT_SAVED));
    if (!result.ok) return showFailure(form, result);
    if (result.value) return setMade(result.value);
    toast(`${input.name} saved`);
    if (edited) router.push(webhookUrl(edited.id));
  });

  return (
    <>
      <form noValidate onSubmit={(event) => void submit(event)} className="grid max-w-3xl gap-5">
        <Field
          label="Name"
          hint="For your team, such as the tool behind it."
          error={errors.name?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("name")}
              maxLength={WEBHOOK_NAME_MAX}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          label="URL"
          hint="Your tool says where it wants to hear of events. It starts with https://."
          error={errors.url?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("url")}
              type="url"
              inputMode="url"
              maxLength={WEBHOOK_URL_MAX}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <EventFields
          value={events}
          onChange={(next) =>
            form.setValue("events", next, { shouldDirty: true, shouldValidate: isSubmitted })
          }
          error={errors.events?.message}
        />
        {errors.root?.message && (
          <Notice tone="bad" role="alert">
            {errors.root.message}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" pending={isSubmitting}>
            {edited ? "Save webhook" : "Create webhook"}
          </Button>
          <Button asChild>
            <Link href={edited ? webhookUrl(edited.id) : webhooksList.url({ environment })}>
              Cancel
            </Link>
          </Button>
        </div>
      </form>
      {made && (
        <SigningSecretDialog
          secret={made.secret}
          onStored={() => router.push(webhookUrl(made.id))}
        />
      )}
    </>
  );
}
