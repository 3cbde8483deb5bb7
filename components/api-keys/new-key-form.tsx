"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Controller, useWatch } from "react-hook-form";
import { quickStartAddress } from "@/components/docs/quick-start-address";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { useDraft } from "@/components/ui/use-draft";
import { createKeyInput } from "@/lib/api-keys/schema";
import type { NewSecret } from "@/lib/api-keys/views";
import type { Environment } from "@/prisma/generated/enums";
import { AccessSection } from "./access-section";
import { AllowedAddressesField } from "./allowed-addresses-field";
import { AudiencesField } from "./audiences-field";
import { DomainsField } from "./domains-field";
import { DraftNotice } from "./draft-notice";
import { ExpiryField } from "./expiry-field";
import { addressesError, messageAt } from "./form-errors";
import { KeySummary } from "./key-summary";
import { NamingFields } from "./naming-fields";
import { RevealSecretDialog } from "./reveal-secret-dialog";
import { type NewKeyForm, type NewKeyStart, useNewKeyForm } from "./use-new-key-form";

type NewKeyFormProps = {
  start: NewKeyStart;
  /** Who fills it in. */
  memberId: string;
  /** The moment the page was made, as text, so that server and browser offer the same dates. */
  today: string;
  currentAddress: string | null;
  contacts: Record<Environment, number>;
  audiences: AudienceChoices;
  /** The workspace's sending domains. */
  domains: readonly string[];
};

/** The audiences a key can be limited to, by its environment. */
type AudienceChoices = Record<Environment, readonly { id: string; name: string }[]>;

/** Makes a key, and shows its secret once. What was typed before a sign-in is back in it. */
export function NewKeyFormPage(props: NewKeyFormProps) {
  const draft = useDraft(draftPlace(props), createKeyInput);
  if (!draft) return <NewKeyFields {...props} />;
  return (
    <>
      <DraftNotice>You were signed out before the key was made.</DraftNotice>
      <NewKeyFields key="draft" {...props} start={draft} />
    </>
  );
}

function NewKeyFields(props: NewKeyFormProps) {
  const { start, today, currentAddress, contacts, audiences, domains } = props;
  const router = useRouter();
  const [made, setMade] = useState<NewSecret | null>(null);
  const { form, submit } = useNewKeyForm({ start, draft: draftPlace(props), onMade: setMade });
  const [moment] = useState(() => new Date(today));

  // Replacing the form's place in the history: Back must not lead to where the secret was.
  const keyId = made?.keyId;
  const leave = useCallback(() => {
    setMade(null);
    if (keyId) router.replace(`/settings/api-keys/${keyId}`);
  }, [router, keyId]);

  return (
    <>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,680px)_minmax(240px,300px)]"
      >
        <div className="min-w-0 divide-y divide-line [&>*]:py-6 [&>*:first-child]:pt-0">
          <AccessSection form={form}>
            <NamingFields
              name={form.register("name")}
              description={form.register("description")}
              nameHint="The tool it is for, so that you know it a year from now."
              errors={form.formState.errors}
            />
          </AccessSection>
          <Limits
            form={form}
            currentAddress={currentAddress}
            audiences={audiences}
            domains={domains}
            today={moment}
          />
        </div>
        <aside className="lg:sticky lg:top-7 lg:row-span-2">
          <Summary form={form} contacts={contacts} audiences={audiences} today={moment} />
        </aside>
        <SubmitBar form={form} done={form.formState.isSubmitSuccessful} />
      </form>
      {made && (
        <RevealSecretDialog
          {...made}
          quickStart={quickStartAddress(form.getValues("useCase"))}
          onStored={leave}
        />
      )}
    </>
  );
}

function draftPlace({ memberId }: { memberId: string }) {
  return { form: "new-key", by: memberId };
}

type LimitsProps = {
  form: NewKeyForm;
  today: Date;
  currentAddress: string | null;
  audiences: AudienceChoices;
  domains: readonly string[];
};

function Limits({ form, today, currentAddress, audiences, domains }: LimitsProps) {
  const { control, formState } = form;
  const { errors } = formState;
  return (
    <>
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-[auto_minmax(0,1fr)]">
        <div>
          <p aria-hidden className="mb-1.5 font-medium text-sm">
            Environment
          </p>
          <Controller
            control={control}
            name="environment"
            render={({ field }) => (
              <Segmented
                label="Environment"
                value={field.value}
                onValueChange={(environment) => {
                  field.onChange(environment);
                  // Those of the other environment mean nothing in this one.
                  form.setValue("audiences", []);
                }}
                options={[
                  { value: "live", label: "Live" },
                  { value: "test", label: "Test" },
                ]}
              />
            )}
          />
        </div>
        <Controller
          control={control}
          name="expiry"
          render={({ field }) => (
            <ExpiryField
              value={field.value}
              onChange={field.onChange}
              today={today}
              error={messageAt(errors, "expiry.date") ?? messageAt(errors, "expiry")}
            />
          )}
        />
      </div>
      <LimitToAudiences form={form} audiences={audiences} />
      <Controller
        control={control}
        name="sendingDomains"
        render={({ field }) => (
          <DomainsField
            value={field.value ?? []}
            onChange={field.onChange}
            choices={domains}
            error={messageAt(errors, "sendingDomains")}
          />
        )}
      />
      <Controller
        control={control}
        name="allowedAddresses"
        render={({ field }) => (
          <AllowedAddressesField
            value={field.value}
            onChange={field.onChange}
            currentAddress={currentAddress}
            error={addressesError(errors, form.getValues("allowedAddresses"))}
          />
        )}
      />
    </>
  );
}

function LimitToAudiences({ form, audiences }: Pick<LimitsProps, "form" | "audiences">) {
  const environment = useWatch({ control: form.control, name: "environment" });
  return (
    <Controller
      control={form.control}
      name="audiences"
      render={({ field }) => (
        <AudiencesField
          value={field.value ?? []}
          onChange={field.onChange}
          choices={audiences[environment]}
          error={messageAt(form.formState.errors, "audiences")}
        />
      )}
    />
  );
}

type SummaryProps = {
  form: NewKeyForm;
  today: Date;
  audiences: AudienceChoices;
  contacts: Record<Environment, number>;
};

function Summary({ form, today, contacts, audiences }: SummaryProps) {
  const [scopes, environment, expiry, allowedAddresses, chosen = []] = useWatch({
    control: form.control,
    name: ["scopes", "environment", "expiry", "allowedAddresses", "audiences"],
  });
  const limits = audiences[environment].filter(({ id }) => chosen.includes(id));
  return (
    <KeySummary
      scopes={scopes}
      environment={environment}
      expiry={expiry}
      allowedAddresses={allowedAddresses}
      today={today}
      contacts={contacts}
      audiences={limits.map(({ name }) => name)}
    />
  );
}

function SubmitBar({ form, done }: { form: NewKeyForm; done: boolean }) {
  const { errors, isSubmitting } = form.formState;
  return (
    <div className="grid justify-items-start gap-4">
      {errors.root?.message && (
        <Notice
          tone="bad"
          role="alert"
          className="w-full"
          action={
            errors.root.type === "already_created" && (
              <Link href="/settings/api-keys">Find it in the list</Link>
            )
          }
        >
          {errors.root.message}
        </Notice>
      )}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || (done && !errors.root)}
        className="max-md:w-full"
      >
        Generate key
      </Button>
    </div>
  );
}
